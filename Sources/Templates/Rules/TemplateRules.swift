package import FlowModel

/// Every rule of this target, in the order of docs/reference/diagnostics.md.
package enum TemplateRules {
  package static let all: [any Rule.Type] = [
    TemplateEmpty.self, TemplateNotMapping.self, MetadataIDMissing.self, MetadataIDFormat.self,
    MetadataTitleMissing.self, MetadataVersionMissing.self, MetadataVersionFormat.self,
    OutputsEmpty.self, OutputIDMissing.self, ProvenancePresetIgnored.self,
    ParameterNameMissing.self,
    ParameterNameFormat.self, ParameterNameDuplicate.self, ParameterTypeUnknown.self,
    ParameterFitInvalid.self,
    ParameterDefaultInvalid.self, ParameterBoundsInverted.self, ParameterRequired.self,
    ParameterTypeMismatch.self,
    ParameterBelowMin.self, ParameterAboveMax.self, ParameterNotInEnum.self, ParameterUnknown.self,
    ParameterUnused.self, PlaceholderUndeclared.self, PlaceholderUnresolved.self,
    PlaceholderNotSubstituted.self,
    ExpressionListNegative.self, ArrayValueRequired.self, ArrayNotArray.self, ArrayElementNull.self,
    ArrayElementNotNumber.self, ArrayElementNotInteger.self, ArrayElementBelowMin.self,
    ArrayElementAboveMax.self,
    ArrayLengthGrid.self, QueueArrivalsRequired.self, QueueOutflowRequired.self,
    QueueDepthMisspelt.self, ModelTooLarge.self, LintSettingUnknown.self,
  ]
}
