import FlowModel
import JSON
import Operations
import Source
import Templates

/// Templates to findings and models.
func templateMeasurements(_ inputs: Inputs) -> [Measurement] {
  let templates =
    [inputs.small] + inputs.bundled + [Inputs.Template(id: "large", text: inputs.largeTemplate)]
  let issuer = FixedIdentities(at: .epoch)
  func generate(_ choice: TemplateChoice) -> Int {
    let request = GenerateModel.Request(template: choice)
    return (try? GenerateModel.run(request, in: inputs.snapshot, issuer: issuer))?.model.count ?? 0
  }
  func validation(_ name: String, _ template: Inputs.Template, _ choice: TemplateChoice)
    -> Measurement
  {
    Measurement(name + ", " + template.id, size: template.text.count) {
      let result = try? ValidateTemplate.run(choice, parameters: nil, in: inputs.snapshot)
      return result?.parameters.members.count ?? 0
    }
  }
  let validate =
    (templates + inputs.topologies).map { validation("validate template", $0, .text($0.text)) }
    + inputs.topologies.map { validation("validate warm", $0, .id($0.id)) }
  let substitute = templates.map { template in
    let document = TemplateDocument(template.text)
    let values = document.bind([:])
    return Measurement("substitute, \(template.id)", size: template.text.count) {
      document.substitute(values)?.entries.count ?? 0
    }
  }
  let cold = templates.map { template in
    Measurement("generate cold, \(template.id)", size: template.text.count) {
      generate(.text(template.text))
    }
  }
  let warm = (inputs.bundled + inputs.topologies.prefix(1)).map { template in
    Measurement(
      "generate warm, \(template.id)", size: template.text.count,
      run: inputs.warmGeneration(of: template).runChanged)
  }
  let again = (inputs.bundled + inputs.topologies.prefix(1)).map { template in
    Measurement(
      "generate again, \(template.id)", size: template.text.count,
      run: inputs.warmGeneration(of: template).runAgain)
  }
  return validate + substitute + cold + warm + again
}
