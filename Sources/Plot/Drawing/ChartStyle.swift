/// Colours and lines of charts.
///
/// Attributes and classes alone, without variables, since programs that are no browsers read charts as well. Colours tell
/// series apart for every kind of colour blindness together with the dashes; each has a contrast of at least 3 to 1.
enum ChartStyle {
  static let light = ["#0068a8", "#c9480b", "#00805f", "#a23b7e", "#8a6a00", "#4a5568"]
  static let dark = ["#5ab4f0", "#ff8f55", "#2fc79a", "#ee93cb", "#e3b93a", "#c3cad5"]
  static let dashes = ["", "7 3", "2 3", "9 3 2 3", "13 4", "4 2 1 2 1 2"]

  static var sheet: String {
    var text = """
      .flowtime-plot{color-scheme:light dark;max-width:100%;height:auto}
      .flowtime-plot text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;\
      font-size:12px;fill:#1b2330}
      .flowtime-plot .paper{fill:#ffffff}
      .flowtime-plot .title{font-size:16px;font-weight:600}
      .flowtime-plot .name{font-weight:600}
      .flowtime-plot .quiet{fill:#5a6472;font-size:11px}
      .flowtime-plot .grid{stroke:#e4e8ed;fill:none}
      .flowtime-plot .axis{stroke:#8b95a3;fill:none}
      .flowtime-plot .line{fill:none;stroke-width:1.75;stroke-linejoin:round}
      .flowtime-plot .area{fill-opacity:0.15;stroke:none}

      """
    text += colors(light)
    text += """
      @media (prefers-color-scheme: dark){
      .flowtime-plot text{fill:#eceff4}
      .flowtime-plot .paper{fill:#14181f}
      .flowtime-plot .quiet{fill:#a3adbb}
      .flowtime-plot .grid{stroke:#2a313c}
      .flowtime-plot .axis{stroke:#6b7686}
      .flowtime-plot .area{fill-opacity:0.22}

      """
    text += colors(dark) + "}\n"
    return text
  }

  private static func colors(_ colors: [String]) -> String {
    colors.enumerated().map { index, color in
      ".flowtime-plot .line.s\(index){stroke:\(color)}\n.flowtime-plot .area.s\(index){fill:\(color)}\n"
    }.joined()
  }
}
