package import JSON
import Server
import Wire

/// What a recording leaves open: a model that is named by the present time.
extension SimService {
  package func dependsOnTime(_ method: String, _ params: JSONObject?) -> Bool {
    func isAbsent(_ name: String) -> Bool { params?[name]?.isNull ?? true }
    return switch method {
    case GenerateMethod.name: isAbsent("generatedAt")
    // Without force, the record says the time.
    case RegenerateMethod.name: isAbsent("generatedAt") && params?["force"] == true
    default: false
    }
  }

  package func openings(of result: JSONObject) -> [(text: String, opened: String)] {
    let record = result["provenance"]?.objectValue
    let id = (record?["model_id"] ?? record?["modelId"])?.stringValue ?? ""
    let time = (record?["generated_at"] ?? record?["generatedAt"])?.stringValue ?? ""
    guard let end = id.utf8.lastIndex(of: 0x5F), !time.isEmpty else { return [] }
    let name = String(decoding: id.utf8[...end], as: UTF8.self)
    return [(name, "model_…Z_"), (time, "…")]
  }

  package func remark(inPlaceOf notification: String) -> String? {
    notification == TemplatesDidChange.name
      ? "Templates have changed; what follows may need them as they were then." : nil
  }
}
