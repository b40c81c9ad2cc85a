/// One thing that the test suites of the public FlowTime program assert, and what this program does about it.
///
/// Lines are numbered within their group, in the order in which those suites are described; a line that asserts several
/// things has several entries.
struct UpstreamLine: Sendable {
  enum Mark: Sendable {
    /// The tests that show it.
    case same([Evidence])
    /// Why it is otherwise here, and the tests that show it.
    case better(String, [Evidence])
    case notApplicable(String)
  }

  enum Evidence: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The name of a test.
    case test(String)
    /// The code of a rule that has a bad example among the rule cases.
    case rule(String)

    init(stringLiteral name: String) {
      self = .test(name)
    }
  }

  let group: String
  let number: Int
  let what: String
  let mark: Mark

  init(_ group: String, _ number: Int, _ what: String, _ mark: Mark) {
    self.group = group
    self.number = number
    self.what = what
    self.mark = mark
  }

  /// How many lines each group has.
  static let counts = [
    "Provenance object": 11, "CLI generate and provenance": 10, "CLI argument parser": 3,
    "Service generate": 20, "Template library": 3, "Parser": 8, "Substitution": 3,
    "Model generation": 10, "PMF": 2, "Hashing": 2, "Arrays": 1, "Scalar style and emitter": 2,
    "Topology features": 4, "Engine-side provenance": 2, "End to end": 1, "Expressions": 1,
  ]

  static let all: [UpstreamLine] =
    provenance + commandLine + arguments + service + library + parser + substitution + generation
    + distributions + hashing + arrays + scalars + topology + engine + endToEnd + expressions

  private static let provenance: [UpstreamLine] = {
    let group = "Provenance object"
    return [
      UpstreamLine(
        group, 1, "ids of models made a second apart differ and begin with model_",
        .same([
          "ten thousand models of one process have ten thousand ids",
          "without a fixed clock the same request gives another id",
        ])),
      UpstreamLine(
        group, 2, "equal inputs give an equal hash of eight digits",
        .same(["the hash of a model id is that of template id and parameters"])),
      UpstreamLine(
        group, 3, "other values give another hash",
        .same(["the hash of a model id is that of template id and parameters"])),
      UpstreamLine(
        group, 4, "an id is model, a time to the second and a hash, joined by underscores",
        .better(
          "a second model in one second gets a fraction, so that no two ids are alike",
          [
            "ten thousand models of one process have ten thousand ids",
            "the second model of a second has the fraction in its id",
          ])),
      UpstreamLine(
        group, 5, "every field is there, with its producer and the schema version as text",
        .same([
          "a record has its fields in one order", "the main command writes a model and its record",
        ])),
      UpstreamLine(
        group, 6, "the time is ISO 8601 in UTC, with or without a fraction",
        .same(["a fraction is kept to the microsecond and left out when zero"])),
      UpstreamLine(
        group, 7, "a record survives JSON and back",
        .same(["a record is without problems in both namings"])),
      UpstreamLine(
        group, 7, "values may be nested objects",
        .notApplicable("no parameter type has objects for values")),
      UpstreamLine(
        group, 8, "the hash does not follow the locale",
        .same(["the same request gives the same bytes, whoever asks and wherever"])),
      UpstreamLine(
        group, 9, "no parameters at all are fine, null in their place is not",
        .same([
          "the hash of a model id is that of template id and parameters",
          "a message that does not fit is told why",
        ])),
      UpstreamLine(
        group, 10, "a hundred records take less than a tenth of a second",
        .same(["ten thousand models of one process have ten thousand ids"])),
      UpstreamLine(
        group, 11, "the mode can be recorded",
        .same(["the mode of a request stands in for the template's"])),
      UpstreamLine(
        group, 11, "an input hash, random numbers and telemetry bindings can be recorded",
        .better(
          "template_hash and model_hash identify the inputs, and rng is part of the model",
          [
            "the main command writes a model and its record",
            "what the model says changes the hash",
          ]
        )),
    ]
  }()

  private static let commandLine: [UpstreamLine] = {
    let group = "CLI generate and provenance"
    return [
      UpstreamLine(
        group, 1, "--provenance takes a path, --embed-provenance none",
        .same(["a record is either embedded or in a file of its own"])),
      UpstreamLine(
        group, 2, "--provenance writes model and record, with producer, template id and model id",
        .same(["the main command writes a model and its record"])),
      UpstreamLine(
        group, 3, "values from a file of parameters are numbers in the record",
        .same(["parameters come as several values, again and again, and from files"])),
      UpstreamLine(
        group, 4, "without the option there is no file of the record",
        .same(["without --output the model alone is on stdout"])),
      UpstreamLine(
        group, 5, "an embedded record stands after schemaVersion and before grid",
        .same(["an embedded record stands after schemaVersion and leaves the rest alone"])),
      UpstreamLine(
        group, 6, "embedding writes no file of its own",
        .same(["an embedded record stands after schemaVersion and leaves the rest alone"])),
      UpstreamLine(
        group, 7, "both options together fail and write nothing",
        .same(["a record is either embedded or in a file of its own"])),
      UpstreamLine(
        group, 8, "without options the model has no record but schemaVersion, grid and nodes",
        .same(["without --output the model alone is on stdout"])),
      UpstreamLine(
        group, 9, "another mode can be asked for, and shows",
        .better(
          "it stands in the record; the model has no key for it",
          ["the mode of a request stands in for the template's"])),
      UpstreamLine(
        group, 9, "a mode that does not exist fails and writes nothing",
        .same(["wrong usage has status 2 and says what is wrong"])),
      UpstreamLine(
        group, 10, "foreign placeholders and unknown keys still give some text",
        .better(
          "what is not understood is an error with a place, not a model that no engine runs",
          ["one mistake gives one error", .rule("key-unknown")])),
    ]
  }()

  private static let arguments: [UpstreamLine] = {
    let group = "CLI argument parser"
    return [
      UpstreamLine(
        group, 1, "no arguments are an empty command",
        .better(
          "no command is wrong usage, and says how the program is used",
          ["wrong usage has status 2 and says what is wrong"])),
      UpstreamLine(
        group, 2, "list, show, generate and validate are understood, with the old option names",
        .same([
          "list and show tell what templates there are", "the old names of options still work",
          "validate says what is wrong, and its status whether something is",
        ])),
      UpstreamLine(
        group, 2, "commands for stored models and for making directories",
        .notApplicable("this program stores nothing and writes only where it is told to")),
      UpstreamLine(
        group, 3, "formats and the directory of templates are options of each command",
        .same([
          "findings can be read by programs", "a directory of templates that is not there is named",
        ])),
    ]
  }()

  private static let service: [UpstreamLine] = {
    let group = "Service generate"
    return [
      UpstreamLine(
        group, 1, "a reply has the model and the record with all its fields",
        .same([
          "our own methods need no initialize", "every example in the document is a real answer",
        ]
        )),
      UpstreamLine(
        group, 2, "embedding puts the record before grid and still answers with it",
        .same([
          "a published conversation goes as published over stdio",
          "embedding is generating and then embedding",
        ])),
      UpstreamLine(
        group, 3, "without embedding the model has no record, the reply has",
        .same(["a published conversation goes as published over stdio"])),
      UpstreamLine(
        group, 4, "the newest embedded record comes after the outputs",
        .better(
          "it stands after schemaVersion, where the first release put it: a reader meets it first",
          ["the block stands after the schema version and before everything that follows it"])),
      UpstreamLine(
        group, 5, "two calls a second apart have different ids and one hash",
        .same(["without a fixed clock the same request gives another id"])),
      UpstreamLine(
        group, 6, "values that were posted are in the record, and none are an empty object",
        .better(
          "defaults are in the record too, so that it says all that the model was made of",
          ["a default that is left out and the same value given make one id"])),
      UpstreamLine(
        group, 7, "an unknown template is a request at fault",
        .better(
          "an error of its own, with the ids that are near",
          ["an id that no template has is answered with near ones"])),
      UpstreamLine(
        group, 8, "the time in the record is ISO 8601 with Z",
        .same(["a fraction is kept to the microsecond and left out when zero"])),
      UpstreamLine(
        group, 9, "old clients get a reply with a model",
        .same(["our own methods need no initialize"])),
      UpstreamLine(
        group, 10, "the embedded key stands in the first column",
        .same(["the block stands after the schema version and before everything that follows it"])),
      UpstreamLine(
        group, 11, "a mode that is asked for shows, one that does not exist is an error",
        .same([
          "the mode of a request stands in for the template's",
          "a message that does not fit is told why",
        ])),
      UpstreamLine(
        group, 12, "metadata tells id, title, version, mode and a hash of the model",
        .same(["the main command writes a model and its record"])),
      UpstreamLine(
        group, 12, "metadata tells whether there is a window, a topology, telemetry",
        .notApplicable("the model itself says so, and it is in the same reply")),
      UpstreamLine(
        group, 13, "old routes for runs are gone", .notApplicable("there is no HTTP here")),
      UpstreamLine(
        group, 14, "the model hash has its prefix and is always the same",
        .same([
          "a model hash is that of its RFC 8785 form", "a fixed clock gives the same bytes again",
        ])),
      UpstreamLine(
        group, 15, "catalogs are listed, read and validated",
        .notApplicable("catalogs of components were removed upstream, and never existed here")),
      UpstreamLine(
        group, 16, "catalogs keep their fields and hash by content",
        .notApplicable("catalogs of components were removed upstream, and never existed here")),
      UpstreamLine(
        group, 17, "a model is made of a draft in the request",
        .better(
          "the text of a template, or an open document, stands for a stored one anywhere",
          ["an open document is what uri means"])),
      UpstreamLine(
        group, 17, "the draft is stored and run",
        .notApplicable("this program stores nothing, and an Engine runs models")),
      UpstreamLine(
        group, 18, "series are read from CSV and summarised",
        .notApplicable("series belong to the Engine")),
      UpstreamLine(
        group, 19, "profiles are fitted to series and written into a draft",
        .notApplicable("fitting needs series, which belong to the Engine")),
      UpstreamLine(
        group, 20, "the same run is made once and found again",
        .notApplicable("runs belong to the Engine; ids and hashes let it find them")),
    ]
  }()

  private static let library: [UpstreamLine] = {
    let group = "Template library"
    return [
      UpstreamLine(
        group, 1, "models of the classic templates have no parameters, however deep",
        .same([
          "a bundled template gives the model it always gave",
          "what only a template says stays out of the model",
        ])),
      UpstreamLine(
        group, 2, "they are listed with their parameters although strict reading fails",
        .better(
          "they are read as strictly as all others",
          [
            "templates are listed with what a form needs",
            "a bundled template is lossless and without diagnostics",
          ])),
      UpstreamLine(
        group, 3, "every example can be read strictly",
        .same(["every whole template of the author's guide is without errors"])),
    ]
  }()

  private static let parser: [UpstreamLine] = {
    let group = "Parser"
    return [
      UpstreamLine(
        group, 1, "const, pmf and expr nodes keep their values, parameters their bounds",
        .same([
          "a reference becomes the value by type or its text",
          "templates are listed with what a form needs",
        ])),
      UpstreamLine(
        group, 1, "a seed may be a number or text",
        .better(
          "in the model it is a number, which is what engines read",
          ["a model that was generated is a valid model"])),
      UpstreamLine(
        group, 2, "a template without nodes or outputs is an error",
        .same([.rule("nodes-empty"), .rule("outputs-empty")])),
      UpstreamLine(
        group, 2, "an unknown kind is an error", .same([.rule("node-kind-unknown")])),
      UpstreamLine(
        group, 3, "probabilities that do not add up, and unknown random numbers, are errors",
        .same([.rule("pmf-probabilities-sum"), .rule("rng-kind-unsupported")])),
      UpstreamLine(
        group, 4, "window, topology and an output of everything are read",
        .same([
          "the grid starts with the window unless it has a start of its own",
          "every series that a topology node names is an output once",
        ])),
      UpstreamLine(
        group, 4, "a sink is a kind or a role",
        .same(["a sink serves what arrives and is no error"])
      ),
      UpstreamLine(
        group, 4, "a sink with a queue, a capacity or retries is an error",
        .same([.rule("sink-forbidden-field")])),
      UpstreamLine(
        group, 5, "a profile of the wrong length is an error",
        .same([
          .rule("profile-weights-length"),
          "a profile that leads beyond all numbers, or does not fit the grid, is one error",
        ])),
      UpstreamLine(
        group, 6, "queues are made with their names, flows and hidden mark; a given name is kept",
        .same(["a queue is made of what arrives and what leaves"])),
      UpstreamLine(
        group, 6, "a given name that is nearly another's makes a queue without a word",
        .better(
          "a warning asks whether the other was meant",
          ["a queue's name that is nearly another's is a warning"])),
      UpstreamLine(
        group, 7, "parallelism is 1 by default, may be a series, and comes from a parameter",
        .same([
          "a service with a buffer has a parallelism of one unless it says otherwise",
          "a parallelism that a parameter brings is a number",
        ])),
      UpstreamLine(
        group, 7, "a parallelism of 0 is an error", .same([.rule("parallelism-range")])),
      UpstreamLine(
        group, 8, "a node that shifts itself needs a start; an output needs a node",
        .same([.rule("self-shift-initial"), .rule("output-unknown-node")])),
    ]
  }()

  private static let substitution: [UpstreamLine] = {
    let group = "Substitution"
    return [
      UpstreamLine(
        group, 1, "texts, whole numbers and fractions go where they are referred to; defaults too",
        .same([
          "a reference becomes the value by type or its text",
          "a number has one spelling in JSON, in YAML and in an expression",
        ])),
      UpstreamLine(
        group, 2, "a reference without a declaration is an error",
        .same([.rule("placeholder-undeclared")])),
      UpstreamLine(
        group, 3, "an array is written as a list and fills values",
        .same([
          "a reference becomes the value by type or its text",
          "an array fills the grid as its fit says",
        ])),
    ]
  }()

  private static let generation: [UpstreamLine] = {
    let group = "Model generation"
    return [
      UpstreamLine(
        group, 1, "template sections go, outputs are renamed, grid and rng stay",
        .same([
          "what only a template says stays out of the model",
          "S11: old spellings are renamed where they are keys and nowhere else",
          "sections stand in one order, whatever order they are written in",
        ])),
      UpstreamLine(
        group, 2, "a pmf stays, with a substituted probability",
        .same([
          "a pmf without a profile stays a pmf",
          "a reference becomes the value by type or its text",
        ])),
      UpstreamLine(
        group, 3, "an expression is renamed and its quotes are kept",
        .better(
          "it is quoted where a reader would retype it, and nowhere else",
          [
            "S11: old spellings are renamed where they are keys and nowhere else",
            "a string is quoted where any reader would retype it",
          ])),
      UpstreamLine(
        group, 4, "one reference may stand three times in a list; new spellings pass",
        .same([
          "a reference becomes the value by type or its text",
          "what only a template says stays out of the model",
        ])),
      UpstreamLine(
        group, 5, "a seed may be a reference",
        .same(["a reference becomes the value by type or its text"])),
      UpstreamLine(
        group, 5, "validating parameters always succeeds",
        .better(
          "every value is checked, and everything wrong is said at once",
          ["values are blamed all at once at the parameters they are given for"])),
      UpstreamLine(
        group, 6, "the record names template, mode, generator, values and model",
        .same(["a record says who made it and keeps the order of its parameters"])),
      UpstreamLine(
        group, 6, "the grid starts with the window",
        .same(["the grid starts with the window unless it has a start of its own"])),
      UpstreamLine(
        group, 6, "outputs are the written ones and one for each series of semantics",
        .same(["every series that a topology node names is an output once"])),
      UpstreamLine(
        group, 7, "a built-in profile gives a course of the day with the mean of the pmf",
        .same(["a built-in profile gives a day that is not flat and has the expected mean"])),
      UpstreamLine(
        group, 7, "an inline profile gives its values to six digits",
        .better(
          "to the last digit",
          [
            "an inline profile spreads the expected value by its weights",
            "a built-in profile spreads the day over four bins",
          ])),
      UpstreamLine(
        group, 8, "telemetry is recorded, and there are no parameters where there are none",
        .same(["the mode of a request stands in for the template's"])),
      UpstreamLine(
        group, 8, "the source of measured values is not written",
        .better(
          "it is kept: it says where values come from",
          ["sections stand in one order, whatever order they are written in"])),
      UpstreamLine(
        group, 9, "service times survive", .same(["every field of semantics reaches the model"])),
      UpstreamLine(
        group, 10,
        "window, metadata, generator and mode are not in the model, schemaVersion is first",
        .same(["what only a template says stays out of the model"])),
      UpstreamLine(
        group, 10, "the record has the camel case names and none of the others",
        .same(["a record is without problems in both namings"])),
    ]
  }()

  private static let distributions: [UpstreamLine] = {
    let group = "PMF"
    return [
      UpstreamLine(
        group, 1, "each fault of a pmf has a message of its own",
        .same([
          .rule("pmf-length-mismatch"), .rule("pmf-probabilities-sum"),
          .rule("pmf-probability-negative"),
        ])),
      UpstreamLine(
        group, 1, "zero is a value, a valid pmf has no messages and stays as it is written",
        .same([
          "a pmf without a profile stays a pmf",
          "a profile that leads beyond all numbers, or does not fit the grid, is one error",
        ])),
      UpstreamLine(
        group, 1, "a pmf has a hash",
        .better(
          "the hash of the whole model tells two pmfs apart",
          ["what the model says changes the hash"]
        )),
      UpstreamLine(
        group, 2, "several pmfs with random numbers and expressions over them are read",
        .same(["a bundled template gives the model it always gave"])),
    ]
  }()

  private static let hashing: [UpstreamLine] = {
    let group = "Hashing"
    return [
      UpstreamLine(
        group, 1, "comments and blank lines do not change the hash of a model, a number does",
        .same([
          "layout, order of keys and spelling leave the model hash alone",
          "what the model says changes the hash",
        ])),
      UpstreamLine(
        group, 1, "blank and broken texts are told apart",
        .same([
          .rule("model-empty"),
          "what makes no model is refused with all findings and the one to blame",
        ])),
      UpstreamLine(
        group, 2, "the hash of a run is stable and follows neither order nor locale",
        .better(
          "the model_hash covers everything a run depends on but measured values",
          [
            "the order in which values are given changes nothing",
            "the same request gives the same bytes, whoever asks and wherever",
          ])),
    ]
  }()

  private static let arrays: [UpstreamLine] = {
    let group = "Arrays"
    return [
      UpstreamLine(
        group, 1, "arrays are numbers, whole where that is declared; quoted references fill values",
        .same([
          "values are blamed all at once at the parameters they are given for",
          "a reference becomes the value by type or its text",
        ])),
      UpstreamLine(
        group, 1, "elements beyond bounds and wrong lengths are errors that say so",
        .same([
          "values are blamed all at once at the parameters they are given for",
          .rule("array-length-grid"), "an array fills the grid as its fit says",
        ])),
      UpstreamLine(
        group, 1, "network-reliability works from memory, from disk and with defaults alone",
        .same([
          "a bundled template runs with any number of bins",
          "every bundled template makes a model, with any number of bins",
        ])),
    ]
  }()

  private static let scalars: [UpstreamLine] = {
    let group = "Scalar style and emitter"
    return [
      UpstreamLine(
        group, 1, "plain scalars have types, quoted and block scalars are text",
        .same(["a plain scalar is what the core schema says"])),
      UpstreamLine(
        group, 1, "plain null, ~ and nothing are text",
        .better(
          "they are null, as YAML has it, and what needs a value says that it is missing",
          ["a plain scalar is what the core schema says"])),
      UpstreamLine(
        group, 2, "texts that look like something else are quoted, others stay plain",
        .same(["a string is quoted where any reader would retype it"])),
      UpstreamLine(
        group, 2, "numbers in lists stay plain, and what is written validates",
        .same([
          "the canonical form has two spaces and one-line flow collections",
          "a model that was generated is a valid model",
        ])),
    ]
  }()

  private static let topology: [UpstreamLine] = {
    let group = "Topology features"
    return [
      UpstreamLine(
        group, 1, "classes are written in order, arrivals have theirs, a role is kept",
        .same(["sections stand in one order, whatever order they are written in"])),
      UpstreamLine(
        group, 1, "a class that is not declared is an error that names it",
        .same([.rule("arrival-class-unknown")])),
      UpstreamLine(
        group, 2, "a sink serves its arrivals, without its errors, and keeps its schedule",
        .same([
          "a sink serves what arrives and is no error", "a sink keeps its dispatch schedule",
          "every example of generation in the template reference gives what the page says",
        ])),
      UpstreamLine(
        group, 3, "the bundle uses no lags, sinks end lines, schedules and routers are as upstream",
        .better(
          "the bundle is our own: each template is held by models that were read by people",
          ["a bundled template gives the model it always gave"])),
      UpstreamLine(
        group, 4, "an analyser looks at the series of a run",
        .notApplicable("it needs a run, which is the Engine's")),
    ]
  }()

  private static let engine: [UpstreamLine] = {
    let group = "Engine-side provenance"
    return [
      UpstreamLine(
        group, 1, "headers and embedded records are accepted, and one goes before the other",
        .notApplicable("the Engine reads them; the reply has the record ready for a header")),
      UpstreamLine(
        group, 2, "the record is stored with a run, and the model's hash is free of it",
        .same(["the model hash is the same with and without the block"])),
      UpstreamLine(
        group, 2, "runs are found by template and model",
        .notApplicable("the registry is the Engine's")),
    ]
  }()

  private static let endToEnd: [UpstreamLine] = [
    UpstreamLine(
      "End to end", 1, "every bundled template makes a model that validates",
      .same([
        "a bundled template runs with any number of bins",
        "any one parameter may take any value that it allows",
      ])),
    UpstreamLine(
      "End to end", 1, "its graph can be sorted", .same([.rule("expr-cycle")])),
    UpstreamLine(
      "End to end", 1, "a rate that is no number is blamed at the expression it breaks",
      .better(
        "it is blamed at the parameter, before any expression sees it",
        ["values are blamed all at once at the parameters they are given for"])),
  ]

  private static let expressions: [UpstreamLine] = [
    UpstreamLine(
      "Expressions", 1, "the language is read: operators, brackets, calls, white space",
      .same([
        "an expression of the language has no problems", "the usual spelling has the same tree",
      ])),
    UpstreamLine(
      "Expressions", 1, "what is not the language is an error with its place",
      .same(["one mistake is one problem at the smallest text that must change"])),
    UpstreamLine(
      "Expressions", 1, "a node that shifts itself is found, at a positive lag only",
      .same(["a shift of the node itself is found at any depth"])),
    UpstreamLine(
      "Expressions", 1, "functions give their values", .notApplicable("the Engine computes them")),
  ]
}
