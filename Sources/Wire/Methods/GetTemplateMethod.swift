/// `getTemplate`: what is to be told about one template, with its text.
package enum GetTemplateMethod: Method {
  package static let name = "getTemplate"
  package static let members = ["templateId", "template", "uri"]

  package struct Params: WireParams {
    package var template: WireTemplate

    package init(params: WireObject) throws(WireError) {
      template = try WireTemplate(params: params)
    }
  }

  package typealias Result = TemplateInfo
}
