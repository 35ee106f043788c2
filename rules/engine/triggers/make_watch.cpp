// Which class watches for which kind of trigger.
#include "engine/triggers/calendar_watch.hpp"
#include "engine/triggers/clock_watches.hpp"
#include "engine/triggers/device_watch.hpp"
#include "engine/triggers/event_watch.hpp"
#include "engine/triggers/house_watches.hpp"
#include "engine/triggers/numeric_watch.hpp"
#include "engine/triggers/state_watch.hpp"
#include "engine/triggers/template_watch.hpp"

namespace gable::rules {

namespace {

struct Maker {
  Board& board;
  Seat& seat;

  template <typename Watcher, typename Asked>
  std::shared_ptr<Watch> make(const Asked& asked) const {
    return std::make_shared<Watcher>(board, std::move(seat), asked);
  }

  std::shared_ptr<Watch> operator()(const StateTrigger& t) const { return make<StateWatch>(t); }
  std::shared_ptr<Watch> operator()(const NumericStateTrigger& t) const { return make<NumericWatch>(t); }
  std::shared_ptr<Watch> operator()(const TimeTrigger& t) const { return make<TimeWatch>(t); }
  std::shared_ptr<Watch> operator()(const TimePatternTrigger& t) const { return make<TimePatternWatch>(t); }
  std::shared_ptr<Watch> operator()(const SunTrigger& t) const { return make<SunWatch>(t); }
  std::shared_ptr<Watch> operator()(const CalendarTrigger& t) const { return make<CalendarWatch>(t); }
  std::shared_ptr<Watch> operator()(const TemplateTrigger& t) const { return make<TemplateWatch>(t); }
  std::shared_ptr<Watch> operator()(const MqttTrigger& t) const { return make<MqttWatch>(t); }
  std::shared_ptr<Watch> operator()(const EventTrigger& t) const { return make<EventWatch>(t); }
  std::shared_ptr<Watch> operator()(const HomeassistantTrigger& t) const { return make<HouseWatch>(t); }
  std::shared_ptr<Watch> operator()(const ZoneTrigger& t) const { return make<ZoneWatch>(t); }
  std::shared_ptr<Watch> operator()(const WebhookTrigger& t) const { return make<WebhookWatch>(t); }
  std::shared_ptr<Watch> operator()(const TagTrigger& t) const { return make<TagWatch>(t); }
  std::shared_ptr<Watch> operator()(const DeviceTrigger& t) const { return make<DeviceWatch>(t); }
};

}  // namespace

std::shared_ptr<Watch> make_watch(Board& board, Seat seat) {
  const TriggerKind& kind = seat.trigger->kind;
  return std::visit(Maker{board, seat}, kind);
}

}  // namespace gable::rules
