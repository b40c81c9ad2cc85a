/// `getTemplate`: one template with its text.
package enum GetTemplateMethod: Method {
  package static let name = "getTemplate"

  package struct Params: WireParams {
    package var templateID: String

    package init(params: WireObject) throws(WireError) {
      templateID = try params.string("templateId")
    }
  }

  package typealias Result = TemplateInfo
}
