// zigbee2mqtt, the real program, with a radio adapter that has no radio: a few simulated devices answer in its place.
//
//   NODE_PATH=peers/node_modules ZIGBEE2MQTT_DATA=folder node zigbee_adapter.cjs
//
// What a device was told is printed, one line each: device {"name":"bulb","cluster":"genOnOff","command":"on","payload":{}}.
// A line of JSON on standard input makes a device report: {"name":"thermometer","cluster":"msTemperatureMeasurement",
// "attributes":{"measuredValue":2150}}. `peers`: what tests/peers/install.sh has filled.
const path = require("node:path");
const readline = require("node:readline");

const adapterFile = require.resolve("zigbee-herdsman/dist/adapter/adapter.js");
const { Adapter } = require(adapterFile);
const Zcl = require(path.join(path.dirname(adapterFile), "../zspec/zcl"));
const Zdo = require(path.join(path.dirname(adapterFile), "../zspec/zdo"));

// Clusters and the attributes that a device has; what is not here it answers with "unsupported attribute".
const DEVICES = [
  { name: "bulb", model: "TRADFRI bulb E27 WS opal 980lm", maker: "IKEA of Sweden", profile: 0x010c, clusters: {
    genIdentify: { identifyTime: 0 }, genOnOff: { onOff: 0, startUpOnOff: 255 }, genLevelCtrl: { currentLevel: 254 },
    lightingColorCtrl: { colorTemperature: 370, colorMode: 2, colorCapabilities: 16, colorTempPhysicalMin: 250,
                         colorTempPhysicalMax: 454 } } },
  { name: "outlet", model: "TRADFRI control outlet", maker: "IKEA of Sweden", profile: 0x010a, clusters: {
    genIdentify: { identifyTime: 0 }, genOnOff: { onOff: 0, startUpOnOff: 255 } } },
  { name: "blind", model: "FYRTUR block-out roller blind", maker: "IKEA of Sweden", profile: 0x0202, clusters: {
    genIdentify: { identifyTime: 0 }, genPowerCfg: { batteryPercentageRemaining: 90, batteryVoltage: 60 },
    closuresWindowCovering: { currentPositionLiftPercentage: 0, windowCoveringType: 0, configStatus: 3 } } },
  { name: "door", model: "V3-BTZB", maker: "Danalock", profile: 0x000a, clusters: {
    genPowerCfg: { batteryPercentageRemaining: 150 }, closuresDoorLock: { lockState: 2 } } },
  { name: "floor", model: "Super TR", maker: "ELKO", profile: 0x0301, clusters: {
    hvacThermostat: { localTemp: 2100, occupiedHeatingSetpoint: 2000, systemMode: 4, elkoDisplayText: "Bath", elkoLoad: 300,
                      elkoPowerStatus: 1, elkoRelayState: 0 } } },
  { name: "fan", model: "FanBee1", maker: "Lorenz Brun", profile: 0x0103, clusters: {
    genOnOff: { onOff: 0 }, genLevelCtrl: { currentLevel: 1 } } },
  { name: "thermometer", model: "SNZB-02", maker: "SONOFF", profile: 0x0302, sleeps: true, clusters: {
    genPowerCfg: { batteryPercentageRemaining: 200, batteryVoltage: 30 },
    msTemperatureMeasurement: { measuredValue: 2100 }, msRelativeHumidity: { measuredValue: 4500 } } },
];

const clusterId = (name) => Zcl.Clusters[name].ID;
DEVICES.forEach((device, index) => {
  device.number = index + 1;
  device.ieee = `0x00158d00000000${(index + 1).toString(16).padStart(2, "0")}`;
  device.network = 0x1000 + index;
  device.clusters.genBasic = { modelId: device.model, manufacturerName: device.maker, powerSource: device.sleeps ? 3 : 1,
    zclVersion: 3, appVersion: 1, stackVersion: 2, hwVersion: 1, dateCode: "20260101", swBuildId: "1.0.0" };
});

// What a command does: attributes that become others, by cluster. A report follows for each.
const OBEY = {
  genOnOff: {
    on: () => ({ genOnOff: { onOff: 1 } }),
    off: () => ({ genOnOff: { onOff: 0 } }),
    toggle: (_, { genOnOff }) => ({ genOnOff: { onOff: 1 - genOnOff.onOff } }),
  },
  genLevelCtrl: {
    moveToLevel: ({ level }) => ({ genLevelCtrl: { currentLevel: level } }),
    moveToLevelWithOnOff: ({ level }) => ({ genLevelCtrl: { currentLevel: level }, genOnOff: { onOff: level > 0 ? 1 : 0 } }),
  },
  lightingColorCtrl: { moveToColorTemp: ({ colortemp }) => ({ lightingColorCtrl: { colorTemperature: colortemp } }) },
  closuresWindowCovering: {
    upOpen: () => ({ closuresWindowCovering: { currentPositionLiftPercentage: 0 } }),
    downClose: () => ({ closuresWindowCovering: { currentPositionLiftPercentage: 100 } }),
    goToLiftPercentage: ({ percentageliftvalue }) => (
      { closuresWindowCovering: { currentPositionLiftPercentage: percentageliftvalue } }),
  },
  closuresDoorLock: {
    lockDoor: () => ({ closuresDoorLock: { lockState: 1 } }),
    unlockDoor: () => ({ closuresDoorLock: { lockState: 2 } }),
  },
};

class Simulated extends Adapter {
  sequence = 0;

  async start() {
    // The controller listens once this has returned.
    setTimeout(() => {
      for (const { network, ieee } of DEVICES) this.emit("deviceJoined", { networkAddress: network, ieeeAddr: ieee });
    }, 100);
    readline.createInterface({ input: process.stdin }).on("line", (line) => {
      const { name, cluster, attributes } = JSON.parse(line);
      this.report(DEVICES.find((device) => device.name === name), cluster, attributes);
    });
    return "resumed";
  }
  async stop() {}
  async reset() {}
  async getCoordinatorIEEE() { return "0x00124b0011223344"; }
  async getCoordinatorVersion() { return { type: "simulated", meta: { revision: 1 } }; }
  async getNetworkParameters() {
    return { panID: 0x1a62, extendedPanID: "0xdddddddddddddddd", channel: 11, nwkUpdateID: 0 };
  }
  async supportsBackup() { return false; }
  async backup() { throw new Error("there is nothing to back up"); }
  async addInstallCode() {}
  async permitJoin() {}
  waitFor() { return { promise: new Promise(() => {}), cancel() {} }; }
  async sendZclFrameToGroup() {}
  async sendZclFrameToAll() {}
  async setChannelInterPAN() {}
  async sendZclFrameInterPANToIeeeAddr() {}
  async sendZclFrameInterPANBroadcast() { throw new Error("nobody near"); }
  async restoreChannelInterPAN() {}

  async sendZdo(ieee, network, request) {
    const device = DEVICES.find((each) => each.ieee === ieee);
    const at = { nwkAddress: network };
    switch (request) {
      case Zdo.ClusterId.NODE_DESCRIPTOR_REQUEST:
        return [0, { ...at, logicalType: device?.sleeps ? 2 : device ? 1 : 0, manufacturerCode: 0x117c,
                     capabilities: { rxOnWhenIdle: device?.sleeps ? 0 : 1 }, serverMask: { stackComplianceRevision: 21 } }];
      case Zdo.ClusterId.ACTIVE_ENDPOINTS_REQUEST:
        return [0, { ...at, endpointList: [1] }];
      case Zdo.ClusterId.SIMPLE_DESCRIPTOR_REQUEST:
        return [0, { ...at, length: 8, endpoint: 1, profileId: 0x0104, deviceId: device?.profile ?? 5, deviceVersion: 1,
                     inClusterList: Object.keys(device?.clusters ?? { genBasic: 0 }).map(clusterId), outClusterList: [] }];
      case Zdo.ClusterId.LQI_TABLE_REQUEST:
        return [0, { neighborTableEntries: 0, startIndex: 0, entryList: [] }];
      case Zdo.ClusterId.ROUTING_TABLE_REQUEST:
        return [0, { routingTableEntries: 0, startIndex: 0, entryList: [] }];
      default:
        return [0, undefined];  // binding and the like
    }
  }

  async sendZclFrameToEndpoint(ieee, network, endpoint, frame) {
    const device = DEVICES.find((each) => each.ieee === ieee);
    if (!device) return undefined;
    const { command, cluster, payload } = frame;
    if (frame.header.isGlobal) return this.answerGlobal(device, frame);
    this.say(device, cluster.name, command.name, payload);
    const next = OBEY[cluster.name]?.[command.name]?.(payload, device.clusters) ?? {};
    for (const [name, attributes] of Object.entries(next)) this.change(device, name, attributes);
    if (command.response === undefined) {
      return this.payload(device, Zcl.FrameType.GLOBAL, frame, "defaultRsp", { cmdId: command.ID, statusCode: 0 });
    }
    const response = Object.values(cluster.commandsResponse).find(({ ID }) => ID === command.response);
    return this.payload(device, Zcl.FrameType.SPECIFIC, frame, response.name, { status: 0 });
  }

  answerGlobal(device, frame) {
    const { command, cluster, payload } = frame;
    const values = device.clusters[cluster.name] ?? {};
    const attribute = (id) => Object.entries(cluster.attributes).find(([, { ID }]) => ID === id);
    const answer = (name, content) => this.payload(device, Zcl.FrameType.GLOBAL, frame, name, content);
    if (command.name === "read") {
      const answered = answer("readRsp", payload.map(({ attrId }) => {
        const [name, { type } = {}] = attribute(attrId) ?? [];
        if (!(name in values)) return { attrId, status: Zcl.Status.UNSUPPORTED_ATTRIBUTE };
        return { attrId, status: 0, dataType: type, attrData: values[name] };
      }));
      this.emit("zclPayload", answered);
      return answered;
    }
    if (command.name === "write") {
      const written = Object.fromEntries(payload.map(({ attrId, attrData }) => [attribute(attrId)?.[0] ?? attrId, attrData]));
      this.say(device, cluster.name, "write", written);
      Object.assign(values, written);
      return answer("writeRsp", [{ status: 0 }]);
    }
    if (command.name === "configReport") return answer("configReportRsp", [{ status: 0 }]);
    return answer("defaultRsp", { cmdId: command.ID, statusCode: 0 });
  }

  // The attributes have become these; the device tells.
  change(device, cluster, attributes) {
    Object.assign(device.clusters[cluster], attributes);
    setTimeout(() => this.report(device, cluster, attributes), 50);
  }

  report(device, cluster, attributes) {
    const known = Zcl.Clusters[cluster].attributes;
    const content = Object.entries(attributes).map(([name, attrData]) => (
      { attrId: known[name].ID, dataType: known[name].type, attrData }));
    const header = { manufacturerCode: undefined, transactionSequenceNumber: this.sequence++ & 0xff };
    this.emit("zclPayload", this.payload(device, Zcl.FrameType.GLOBAL, { cluster: clusterId(cluster), header },
                                         "report", content));
  }

  payload(device, type, asked, command, content) {
    const { manufacturerCode, transactionSequenceNumber } = asked.header;
    const frame = Zcl.Frame.create(type, Zcl.Direction.SERVER_TO_CLIENT, true, manufacturerCode, transactionSequenceNumber,
                                   command, asked.cluster, content, {});
    return { clusterID: frame.cluster.ID, address: device.network, header: frame.header, data: frame.toBuffer(),
             endpoint: 1, linkquality: 120, groupID: 0, wasBroadcast: false, destinationEndpoint: 1 };
  }

  say(device, cluster, command, payload) {
    console.log(`device ${JSON.stringify({ name: device.name, cluster, command, payload })}`);
  }
}

Adapter.create = async (...options) => new Simulated(...options);
require("zigbee2mqtt/index.js").start();
