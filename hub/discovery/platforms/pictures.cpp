// image and camera: pictures by reference. Their bytes stay in their topic, which `image_topic` names.

#include "discovery/platforms/platform.hpp"

namespace gable::discovery::platforms {

namespace {

constexpr int kUrl = 1;
constexpr std::size_t kMaxUrl = 2048;  // bytes

void name_topic(Fields& fields, Binding& binding, std::string_view key) {
  wire::Object& capabilities = binding.description.own().capabilities;
  capabilities.set("image_topic", fields.text(key));
  if (const std::string encoding = fields.text("image_encoding"); !encoding.empty())
    capabilities.set("image_encoding", encoding);
  if (const std::string type = fields.text("content_type"); !type.empty())
    capabilities.set("content_type", type);
  if (!binding.inlets.empty() && binding.inlets.back().slot == kState) binding.inlets.back().bytes = true;
}

// A message says only that there is a new picture: the state is when it came, which the hub knows.
class ImageBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "image");
    description.own().assumed_state = false;
    force_update = true;
    if (fields.has("url_topic")) {
      if (fields.inlet(kUrl, "url_topic", "url_template")) keep_on_error(*this);
      return;
    }
    fields.require("image_topic");
    if (fields.inlet(kState, "image_topic", "")) name_topic(fields, *this, "image_topic");
  }

 private:
  void take(int slot, const Payload& payload, const wire::CurrentValues& /*now*/, Said& said) const override {
    if (blank(payload.text)) return;
    if (slot == kState) {
      said.anything = true;
      return;
    }
    const std::string_view url = stripped(payload.text);
    if (url.size() <= kMaxUrl && (url.starts_with("http://") || url.starts_with("https://")))
      return said.set("url", url);
    said.fault = "expected the address of a picture (http or https)";
  }
};

class CameraBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "camera");
    description.own().assumed_state = false;
    fields.require("topic");
    if (fields.inlet(kState, "topic", "")) name_topic(fields, *this, "topic");
  }

 private:
  void take(int /*slot*/, const Payload& /*payload*/, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    said.set("state", "idle");
  }
};

}  // namespace

std::unique_ptr<Binding> make_image(const Component& component, Templates& templates, Refusal& refusal) {
  return made<ImageBinding>(component, templates, refusal);
}

std::unique_ptr<Binding> make_camera(const Component& component, Templates& templates, Refusal& refusal) {
  return made<CameraBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms
