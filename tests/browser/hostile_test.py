"""More than 10,000 hostile names and values (2,500 entities), in documents and in answers, through every view of the page."""
import browser
from gable_house import HouseTest, main


class Hostile(HouseTest):
    # Nothing is kept on disk: saving so much again and again is not what is tested.
    broker_options = {"config": "set_tcp_nodelay true\nmax_queued_messages 0\nmax_inflight_messages 200\n"}

    def setUp(self):
        self.page = browser.Page()
        self.addCleanup(self.page.close)
        self.house.broker._extra = self.page.broker_lines
        super().setUp()

    def test_nothing_is_born_of_them(self):
        browser.drive("hostile", self.page, seconds=200, port=self.house.broker.port, frame=300)


if __name__ == "__main__":
    browser.skip_unless_possible()
    main()
