// A Z-Wave stick and its house for zwave-js's mock-server: one node of each kind that the bridge knows.
//
//   mock-server -i 127.0.0.1 -p 5555 -c zwave_mock.cjs
//
// The test works the devices by hand over a line protocol of its own on 127.0.0.1:ZWAVE_MOCK_HAND: one JSON object
// a line, each answered by one line {"ok": …}.
const net = require("node:net");

// Without it each answer of the stick waits 40 ms for the acknowledgement of what came before.
const createServer = net.createServer;
net.createServer = (...rest) => createServer({ noDelay: true }, ...rest);

// A host that goes in the middle of a message: a stick does not mind.
for (const fault of ["unhandledRejection", "uncaughtException"]) {
  process.on(fault, (error) => console.error(fault, error?.message ?? error));
}

module.exports.default = ({ require }) => {
  const { ccCaps } = require("@zwave-js/testing");
  const serialapi = require("@zwave-js/serial/serialapi");
  const { MessageHeaders } = require("@zwave-js/serial");
  const cc = require("@zwave-js/cc");

  // zwave-js 15.29.0 never reads the command that it writes: its reader puts the colors into a table that is not there.
  const colors = ["warmWhite", "coldWhite", "red", "green", "blue"];
  cc.ColorSwitchCCSet.from = function (message, context) {
    const table = {};
    for (let i = 0; i < (message.payload[0] & 31); i++) {
      table[colors[message.payload[1 + 2 * i]]] = message.payload[2 + 2 * i];
    }
    return new this({ nodeId: context.sourceNodeId, ...table });
  };

  // The stand-in takes each chunk of TCP for one frame; two that come joined end it. This cuts them.
  const cutFrames = {
    rest: Buffer.alloc(0),
    onHostData(controller, data) {
      this.rest = Buffer.concat([this.rest, data]);
      while (this.rest.length > 0) {
        const first = this.rest[0];
        if (first !== MessageHeaders.SOF) {
          this.rest = this.rest.subarray(1);
          if (first !== MessageHeaders.CAN) void controller.serialOnData(first);
          continue;
        }
        if (this.rest.length < 2 || this.rest.length < this.rest[1] + 2) break;
        const frame = this.rest.subarray(0, this.rest[1] + 2);
        this.rest = this.rest.subarray(frame.length);
        void controller.serialOnData(Uint8Array.from(frame));
      }
      return true;
    },
  };

  // Exclusion: the stand-in alone never finds a node to remove.
  const removeNodes = {
    pending: undefined,
    done: false,
    async onHostMessage(controller, message) {
      if (!(message instanceof serialapi.RemoveNodeFromNetworkRequest)) return false;
      if (message.removeNodeType === serialapi.RemoveNodeType.Stop && this.done) {
        this.done = false;
        return true;
      }
      const node = controller.nodes.get(this.pending);
      if (node === undefined) return false;
      const { RemoveNodeStatus: Status, RemoveNodeFromNetworkRequestStatusReport: Report } = serialapi;
      const say = (status) => controller.sendMessageToHost(new Report({
        callbackId: message.callbackId, status, nodeId: node.id }));
      await say(Status.Ready);
      void (async () => {
        await say(Status.NodeFound);
        await say(Status.RemovingSlave);
        controller.removeNode(node);
        this.pending = undefined;
        this.done = true;
        await say(Status.Done);
      })();
      return true;
    },
  };

  const has = (ccId, version, more = {}) => ccCaps({ ccId, isSupported: true, version, ...more });
  const battery = () => has(0x80, 1);
  const node = (id, commandClasses, more = {}) => ({
    id, capabilities: { isListening: true, firmwareVersion: "1.7", txDelay: 1, ...more, commandClasses },
  });

  // A message of a device as the bytes of the specification.
  const raw = (self, ccId, ccCommand, bytes) =>
    new cc.CommandClass({ nodeId: self.id, ccId, ccCommand, payload: Uint8Array.from(bytes) });

  // What devices are asked that have no ready behaviour.
  const answers = {
    async handleCC(_controller, self, received) {
      const reply = (ccCommand, bytes) => ({ action: "sendCC", cc: raw(self, received.ccId, ccCommand, bytes) });
      if (self.state.get("silent")) return { action: "stop" };
      // On without a level: the one that it had before. (The ready behaviour takes 255 for a level.)
      if (received instanceof cc.MultilevelSwitchCCSet) {
        if (received.targetValue === 255) received.targetValue = self.state.get("before") ?? 99;
        if (received.targetValue > 0) self.state.set("before", received.targetValue);
      }
      if (received instanceof cc.MultilevelSwitchCCGet) self.state.set("readings", (self.state.get("readings") ?? 0) + 1);
      if (received instanceof cc.BatteryCCGet) return reply(3, [self.state.get("battery") ?? 80]);
      if (received instanceof cc.BatteryCCHealthGet) return reply(5, [100, 1, 20]);
      if (received instanceof cc.NotificationCCGet) {
        const type = received.notificationType;
        return reply(5, [0, 0, 0, 0xff, type, type === 6 ? self.state.get("door") ?? 23 : 0, 0]);
      }
      // Two scenes, each pressed, released, held or pressed twice.
      if (received instanceof cc.CentralSceneCCSupportedGet) return reply(2, [2, 0x03, 0x0f]);
      if (received instanceof cc.ThermostatOperatingStateCCGet) return reply(3, [self.state.get("operating") ?? 0]);
      if (received instanceof cc.VersionCCGet) return reply(0x12, [3, 7, 17, 1, 7, 1, 0]);
      if (received instanceof cc.VersionCCCommandClassGet) {
        const version = self.implementedCCs.get(received.requestedCC)?.version ?? 0;
        return reply(0x14, [received.requestedCC, version]);
      }
    },
  };

  const nodes = [
    node(2, [has(0x86, 1), has(0x25, 2), has(0x32, 6, {
      meterType: 1, supportedScales: [0, 2], supportedRateTypes: [1], supportsReset: true,
      getValue: (scale) => (scale === 0 ? 12.5 : 60),
    })]),
    node(3, [has(0x26, 4, { primarySwitchType: 2, defaultValue: 0 }), has(0x5b, 2), has(0x70, 4, { parameters: [
      { "#": 1, valueSize: 1, name: "Ramp rate", info: "", format: 1, minValue: 0, maxValue: 99, defaultValue: 5 },
    ] })]),
    node(4, [has(0x26, 4, { primarySwitchType: 2, defaultValue: 0 }),
             has(0x33, 3, { colorComponents: { 0: 0, 1: 0, 2: 255, 3: 0, 4: 0 } })]),
    // (Of the class Window Covering: what the server is told to do, it does not take for done.)
    node(5, [has(0x6a, 1, { supportedParameters: [13], travelTime: 1500 })],
         { genericDeviceClass: 9, specificDeviceClass: 1 }),
    node(6, [has(0x62, 4, { supportedOperationTypes: [1], supportedDoorLockModes: [0, 255], doorSupported: true,
                            boltSupported: true }),
             has(0x63, 1, { numUsers: 3, supportedUserIDStatuses: [0, 1, 2], supportedASCIIChars: "0123456789" }),
             has(0x71, 8, { supportsV1Alarm: false, notificationTypesAndEvents: { 6: [1, 2, 5, 6, 22, 23] } }),
             battery()]),
    node(7, [has(0x40, 3, { supportedModes: [0, 1, 2] }), has(0x42, 1),
             has(0x43, 3, { setpoints: { 1: { minValue: 5, maxValue: 30, defaultValue: 20, scale: "°C" },
                                         2: { minValue: 18, maxValue: 35, defaultValue: 26, scale: "°C" } } }),
             has(0x31, 7, { sensors: { 1: { supportedScales: [0] } }, getValue: () => 21.5 })]),
    node(8, [has(0x31, 7, { sensors: { 1: { supportedScales: [0] }, 3: { supportedScales: [1] }, 5: { supportedScales: [0] } },
                            getValue: (type) => ({ 1: 19.5, 3: 120, 5: 44 })[type] }),
             has(0x30, 2, { supportedSensorTypes: [12], getValue: () => false }),
             has(0x71, 8, { supportsV1Alarm: false, notificationTypesAndEvents: { 5: [2], 7: [3, 8], 6: [22, 23] } }),
             battery()]),
    node(9, [has(0x79, 2, { defaultToneId: 1, defaultVolume: 40,
                            tones: [{ name: "Ding", duration: 1 }, { name: "Alarm", duration: 60 }] })]),
    node(11, [has(0x26, 4, { primarySwitchType: 2, defaultValue: 0, travelTime: 1500 })],
         { genericDeviceClass: 0x11, specificDeviceClass: 6 }),
    node(12, [has(0x25, 2)]),
  ].map((each) => ({ ...each, behaviors: [answers] }));

  // ── the hand ──

  const notification = (self, type, event, parameters = []) =>
    raw(self, 0x71, 5, [0, 0, 0, 0xff, type, event, parameters.length, ...parameters]);
  const spoken = {
    motion: (self, on) => (on ? notification(self, 7, 8) : notification(self, 7, 0, [8])),
    door: (self, open) => (self.state.set("door", open ? 22 : 23), notification(self, 6, open ? 22 : 23)),
    keypad_unlock: (self, user) => notification(self, 6, 6, [0x63, 3, user, 1, 1]),
    binary: (self, on) => raw(self, 0x30, 3, [on ? 0xff : 0, 12]),
    // Pressed at the device: it is so, also when it is asked later.
    switch: (self, on) => (self.state.set("BinarySwitch_currentValue", on), raw(self, 0x25, 3, [on ? 0xff : 0])),
    temperature: (self, tenths) => raw(self, 0x31, 5, [1, 0x22, tenths >> 8, tenths & 0xff]),
    power: (self, watts) => raw(self, 0x32, 2, [0x21, 0x12, watts >> 8, watts & 0xff, 0, 0]),
    battery: (self, level) => raw(self, 0x80, 3, [level]),
    operating: (self, state) => raw(self, 0x42, 3, [state]),
    scene: (self, [number, attribute]) => {
      const sequence = ((self.state.get("sequence") ?? 0) + 1) % 256;
      self.state.set("sequence", sequence);
      return raw(self, 0x5b, 3, [sequence, attribute, number]);
    },
  };

  async function obey(order, controller) {
    const self = controller.nodes.get(order.node);
    if (order.do === "say") {
      await self.sendToController({
        type: 0, payload: spoken[order.what](self, order.value), ackRequested: false, repeaters: [] });
    } else if (order.do === "mute") {
      // Out of reach: it does not even confirm that it has heard something.
      self.autoAckControllerFrames = !order.on;
      self.state.set("silent", order.on);
    } else if (order.do === "join") {
      controller.nodePendingInclusion = { id: order.node, capabilities: {
        isListening: true, firmwareVersion: "2.1", txDelay: 1, commandClasses: [has(0x25, 2)] } };
    } else if (order.do === "leave") {
      removeNodes.pending = order.node;
    } else if (order.do === "state") {
      return Object.fromEntries([...self.state].filter(([, value]) => typeof value !== "object"));
    }
    return {};
  }

  function onInit(controller) {
    net.createServer((socket) => {
      let text = "";
      socket.on("error", () => {});
      socket.on("data", async (chunk) => {
        text += chunk;
        for (let end; (end = text.indexOf("\n")) >= 0;) {
          const line = text.slice(0, end);
          text = text.slice(end + 1);
          let answer;
          try {
            answer = { ok: true, ...(await obey(JSON.parse(line), controller)) };
          } catch (error) {
            answer = { ok: false, error: String(error.stack ?? error) };
          }
          socket.write(JSON.stringify(answer) + "\n");
        }
      });
    }).listen(Number(process.env.ZWAVE_MOCK_HAND), "127.0.0.1");
  }

  return { controller: { behaviors: [cutFrames, removeNodes] }, nodes, onInit };
};
