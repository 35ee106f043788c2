"""Names of Home Assistant's functions, filters and tests that ask the house, or are not calculated in ha_environment.

They are there to compile; called they fail.
"""
HOUSE_FUNCTIONS = """
area_devices area_entities area_id area_name areas closest config_entry_attr config_entry_id device_attr device_entities
device_id device_name distance entity_name expand floor_areas floor_entities floor_id floor_name floors has_value
integration_entities is_device_attr is_hidden_entity is_state is_state_attr issue issues label_areas
label_description label_devices label_entities label_id label_name labels merge_response relative_time shuffle
state_attr state_translated states statistical_mode time_since time_until version apply as_function wrap
""".split()
HOUSE_FILTERS = """
apply area_devices area_entities area_id area_name as_function closest config_entry_attr config_entry_id device_attr
device_entities device_id device_name distance entity_name expand floor_areas floor_entities floor_id floor_name
has_value integration_entities is_device_attr is_hidden_entity is_state is_state_attr issue label_areas
label_description label_devices label_entities label_id label_name labels merge_response relative_time shuffle
state_attr state_translated states statistical_mode time_since time_until version wrap
""".split()
HOUSE_TESTS = "apply has_value is_device_attr is_hidden_entity is_state is_state_attr".split()


def stub(name):
    def missing(*_, **__):
        raise NotImplementedError(name)

    return missing


def stubs(names):
    return {name: stub(name) for name in names}
