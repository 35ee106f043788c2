// The house as templates see it: what is a function, what a filter and what a test, as Home Assistant
// documents it.

#include <array>

#include "template/callables/house_callables.hpp"

namespace gable::rules::jinja {
namespace {

using namespace house_calls;  // NOLINT(google-build-using-namespace): the tables name all of it

constexpr Callable kAreaDevices{"area_devices", "area_id_or_name", area_devices};
constexpr Callable kAreaEntities{"area_entities", "area_id_or_name", area_entities};
constexpr Callable kAreaId{"area_id", "lookup_value", area_id};
constexpr Callable kAreaName{"area_name", "lookup_value", area_name};
constexpr Callable kConfigEntryAttr{"config_entry_attr", "config_entry_id, attr_name", config_entry_attr};
constexpr Callable kConfigEntryId{"config_entry_id", "entity_id", config_entry_id};
constexpr Callable kDeviceAttr{"device_attr", "device_or_entity_id, attr_name", device_attr};
constexpr Callable kDeviceEntities{"device_entities", "device_id", device_entities};
constexpr Callable kDeviceId{"device_id", "entity_id_or_device_name", device_id};
constexpr Callable kDeviceName{"device_name", "lookup_value", device_name};
constexpr Callable kEntityName{"entity_name", "entity_id", entity_name};
constexpr Callable kFloorAreas{"floor_areas", "floor_id_or_name", floor_areas};
constexpr Callable kFloorEntities{"floor_entities", "floor_id_or_name", floor_entities};
constexpr Callable kFloorId{"floor_id", "lookup_value", floor_id};
constexpr Callable kFloorName{"floor_name", "lookup_value", floor_name};
constexpr Callable kHasValue{"has_value", "entity_id", has_value};
constexpr Callable kIntegrationEntities{"integration_entities", "entry_name", integration_entities};
constexpr Callable kIsDeviceAttr{"is_device_attr", "device_or_entity_id, attr_name, attr_value",
                                 is_device_attr};
constexpr Callable kIsHiddenEntity{"is_hidden_entity", "entity_id", is_hidden_entity};
constexpr Callable kIsState{"is_state", "entity_id, state", is_state};
constexpr Callable kIsStateAttr{"is_state_attr", "entity_id, name, value", is_state_attr};
constexpr Callable kIssue{"issue", "domain, issue_id", issue};
constexpr Callable kLabelAreas{"label_areas", "label_id_or_name", label_areas};
constexpr Callable kLabelDescription{"label_description", "lookup_value", label_description};
constexpr Callable kLabelDevices{"label_devices", "label_id_or_name", label_devices};
constexpr Callable kLabelEntities{"label_entities", "label_id_or_name", label_entities};
constexpr Callable kLabelId{"label_id", "lookup_value", label_id};
constexpr Callable kLabelName{"label_name", "lookup_value", label_name};
constexpr Callable kLabels{"labels", "lookup_value?", labels};
constexpr Callable kStateAttr{"state_attr", "entity_id, name", state_attr};
constexpr Callable kStateAttrTranslated{"state_attr_translated", "entity_id, attribute",
                                        state_attr_translated};
constexpr Callable kStateTranslated{"state_translated", "entity_id", state_translated};

// `states` itself is an object: house/states.hpp.
constexpr std::array kFunctions{
    kAreaDevices,
    kAreaEntities,
    kAreaId,
    kAreaName,
    kConfigEntryAttr,
    kConfigEntryId,
    kDeviceAttr,
    kDeviceEntities,
    kDeviceId,
    kDeviceName,
    kEntityName,
    Callable{"expand", "*", expand},
    kFloorAreas,
    kFloorEntities,
    kFloorId,
    kFloorName,
    kHasValue,
    kIsDeviceAttr,
    kIsHiddenEntity,
    kIsState,
    kIsStateAttr,
    kIssue,
    kLabelAreas,
    kLabelDescription,
    kLabelDevices,
    kLabelEntities,
    kLabelId,
    kLabelName,
    kLabels,
    kStateAttr,
    kStateTranslated,
    kStateAttrTranslated,
    kIntegrationEntities,
    Callable{"areas", "", areas},
    Callable{"closest", "*", closest},
    Callable{"distance", "*", distance},
    Callable{"floors", "", floors},
    Callable{"issues", "", issues},
};

constexpr std::array kFilters{
    kAreaDevices,
    kAreaEntities,
    kAreaId,
    kAreaName,
    kConfigEntryAttr,
    kConfigEntryId,
    kDeviceAttr,
    kDeviceEntities,
    kDeviceId,
    kDeviceName,
    kEntityName,
    Callable{"expand", "value, *", expand},
    kFloorAreas,
    kFloorEntities,
    kFloorId,
    kFloorName,
    kHasValue,
    kIssue,
    kLabelAreas,
    kLabelDescription,
    kLabelDevices,
    kLabelEntities,
    kLabelId,
    kLabelName,
    kLabels,
    kStateAttr,
    kStateTranslated,
    kStateAttrTranslated,
    kIntegrationEntities,
    Callable{"closest", "entities, *", closest_filter},
    Callable{"states", kStatesSignature, states},
};

constexpr std::array kTests{kHasValue, kIsDeviceAttr, kIsHiddenEntity, kIsState, kIsStateAttr};

}  // namespace

// Nothing here without a house: the evaluator asks states_value().
std::optional<Value> house_constant(std::string_view /*name*/) { return std::nullopt; }

CallableTable house_filters() { return kFilters; }
CallableTable house_functions() { return kFunctions; }
CallableTable house_tests() { return kTests; }

}  // namespace gable::rules::jinja
