"""2,000 entities of a real hub: first paint, update to pixels, scrolling."""
import browser
from gable_house import HouseTest, main, wait_until


class Large(HouseTest):
    def setUp(self):
        self.page = browser.Page()
        self.addCleanup(self.page.close)
        self.house.broker._extra = self.page.broker_lines
        self.house.filters = ["gable/hub/#", "gable/client/test/#"]  # the rest would be much
        super().setUp()

    def known(self, count):
        """Until the hub has this many entities of bridge x."""
        def look():
            answer = self.house.call("gable/hub/request/bridges", "{}", 60)
            return any(row["id"] == "x" and row["devices"] == count for row in answer["data"])
        wait_until(look, 60, "the hub does not know them all")

    def test_first_paint_update_and_scrolling(self):
        self.house.start_hub(config="house: {name: Large}\n")
        # The aims are 1 s and 50 ms on a machine that does nothing else; the limits leave room for a busy one.
        browser.drive("large", self.page, {"known": self.known}, seconds=120, port=self.house.broker.port,
                      first_paint=4000, second_visit=3000, update=200, frame=200)


if __name__ == "__main__":
    browser.skip_unless_possible()
    main()
