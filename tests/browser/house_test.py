"""The page in the virtual house: every domain's controls, history, causes, rules and traces, boards, kiosk, pictures."""
import shutil

import browser
from gable_house import HouseTest, main, source

RULES = """
automation:
  - alias: Hall light
    triggers: {trigger: state, entity_id: input_select.mode, to: Away}
    conditions: {condition: state, entity_id: input_boolean.guests, state: "on"}
    actions:
      - variables: {level: 40}
      - if: "{{ level > 3 }}"
        then:
          - action: light.turn_on
            target: {entity_id: light.garden_path}
  - alias: Broken
    id: broken
    triggers: {trigger: no_such_trigger}
    actions: {action: light.turn_on, target: {entity_id: light.garden_path}}
script:
  goodnight:
    alias: Good night
    sequence:
      - action: input_select.select_option
        target: {entity_id: input_select.mode}
        data: {option: Night}
"""


# Of each domain that the furnished house lacks, one.
GADGETS = {"vacuum": "Vacuum, area: living_room", "alarm_control_panel": "Alarm, area: hall", "siren": "Siren, area: hall",
           "humidifier": "Humidifier, area: bedroom", "water_heater": "Boiler, area: utility", "lawn_mower": "Mower, area: garden",
           "camera": "Door camera, area: hall", "text": "Door plate, area: hall", "date": "Bin day, area: utility",
           "time": "Night begins, area: bedroom", "datetime": "Party, area: living_room", "update": "Router firmware, area: office",
           "remote": "TV remote, area: living_room", "scene": "Dinner, area: kitchen", "notify": "House voice, area: hall"}
# What nobody has given a name and a room yet.
NEW = "  fresh: {kind: plug, name: TZ3000 plug}\n"


class Walk(HouseTest):
    def setUp(self):
        self.page = browser.Page()
        self.addCleanup(self.page.close)
        shutil.copytree(source("deploy", "example", "dashboards"), self.page.folder / "dashboards")
        self.house.broker._extra = self.page.broker_lines
        super().setUp()

    def test_through_the_house(self):
        house = self.house
        furnished = source("deploy", "example", "virtual.yaml").read_text()
        gadgets = "".join(f"  {rest.split(',')[0].lower().replace(' ', '_')}: {{kind: gadget, domain: {domain}, name: {rest}}}\n"
                          for domain, rest in GADGETS.items())
        house.start_bridge("virtual", config=furnished + gadgets + NEW)
        house.start_hub(config=source("deploy", "example", "house.yaml").read_text(), rules=RULES)
        house.wait_state("light.hall_ceiling", "off", 20)
        browser.drive("house", self.page, {"broker-stop": house.broker.stop, "broker-start": house.broker.start,
                                           "hub-stop": house["hub"].stop}, seconds=280, port=house.broker.port)


if __name__ == "__main__":
    browser.skip_unless_possible()
    main()
