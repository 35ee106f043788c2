# A lamp that is a file, as a bridge without the SDK: python3 script_bridge.py FILE [HOST [PORT [ROOT]]]
import datetime, json, pathlib, shelve, sys, uuid, paho.mqtt.client as mqtt, paho.mqtt.packettypes as kinds
file, (host, port, root) = pathlib.Path(sys.argv[1]), sys.argv[2:5] + ["127.0.0.1", "1883", "gable"][len(sys.argv) - 2:]
base, birth, seen = f"{root}/bridge/script/", {"session": uuid.uuid4().hex}, shelve.open(f"{file}.seen")  # ids outlive us
now = lambda: datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
lamp = lambda: file.read_text() if file.exists() else "off"
retain = lambda name, document: client.publish(base + name, json.dumps(document), 1, True)
props = lambda kind, **values: vars(made := mqtt.Properties(getattr(kinds.PacketTypes, kind))).update(values) or made
def announce(*_):  # in this order: `online` means that all the rest is current; what is stored on set/ cannot act
    retain("info", {"schema": "bridge/1", "program": "script_bridge", "version": "1", "protocol": "file"})
    retain("device/lamp", {"schema": "device/1", "name": "Script lamp", "entity": {"domain": "switch"}})
    retain("state/lamp", {"state": lamp(), "_at": now()}), retain("link/lamp", {"status": "online"})
    retain("inventory", {"rev": 1, "complete": True, "devices": ["lamp"]})
    client.subscribe([(base + kind, mqtt.SubscribeOptions(1, False, True, 2)) for kind in ("set/+", "request/+")])
    retain("status", {**birth, "status": "online", "since": now()})
def obey(kind, name, given):  # lenient in form, strict in type; nothing is guessed
    if kind == "request": return {"ok": name == "refresh" and not announce()}
    keys, word = {key for key in given if key[:1] != "_"}, str(given.get("service", given.get("state")))
    if name != "lamp" or keys not in ({"service"}, {"state"}) or word.replace("turn_", "") not in ("on", "off", "toggle"):
        return {"status": "rejected", "code": "malformed", "reason": f"lamp: on, off or toggle, not {str(given)[:99]}"}
    file.write_text(word.replace("turn_", "") if word != "toggle" else "off" if lamp() == "on" else "on")
    return retain("state/lamp", {"state": lamp(), "_at": now()}) and {"status": "done"}
def on_message(_client, _userdata, message):
    (kind, name), text = message.topic[len(base):].split("/"), message.payload.decode(errors="replace")
    if message.retain and text: client.publish(message.topic, b"", 1, True)  # sent now: obeyed once, and cleared
    if not text and (kind == "set" or message.retain): return
    try: given = json.loads(text) if text[:1] == "{" else {"state": text}
    except (ValueError, RecursionError): given = {"state": text}
    if (key := f"{name} {given.setdefault('_id', str(uuid.uuid4()))}") not in seen: seen[key] = obey(kind, name, given)
    usual, asked = base + {"set": "result/"}.get(kind, "response/") + name, vars(message.properties)
    for to in {usual, asked.get("ResponseTopic", usual)}:  # never anywhere else than below ours or client/
        if not to.startswith((base + "result/", base + "response/", f"{root}/client/")) or {"+", "#"} & set(to): continue
        known = props("PUBLISH", MessageExpiryInterval=60, CorrelationData=asked.get("CorrelationData", b""))
        client.publish(to, json.dumps({"id": str(given["_id"]), **seen[key], "_at": now()}), 1, False, known)
client = mqtt.Client("gable-bridge-script", protocol=mqtt.MQTTv5)
client.on_connect, client.on_message = announce, on_message
will, delay = json.dumps({**birth, "status": "offline"}), props("WILLMESSAGE", WillDelayInterval=5)
client.will_set(base + "status", will, 1, True, delay)
client.connect_async(host, int(port), 20, properties=props("CONNECT", SessionExpiryInterval=30))
client.loop_forever(retry_first_connection=True)
