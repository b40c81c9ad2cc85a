import FlowModel
import Testing

@Test(arguments: [
  ("1970-01-01T00:00:00Z", 0, "19700101T000000Z"),
  ("2025-09-25T12:00:00Z", 1_758_801_600, "20250925T120000Z"),
  ("2000-02-29T23:59:59Z", 951_868_799, "20000229T235959Z"),
  ("2024-02-29T00:00:00Z", 1_709_164_800, "20240229T000000Z"),
  ("1900-03-01T00:00:00Z", -2_203_891_200, "19000301T000000Z"),
  ("2100-03-01T00:00:00Z", 4_107_542_400, "21000301T000000Z"),
  ("1969-12-31T23:59:59Z", -1, "19691231T235959Z"),
  ("0001-01-01T00:00:00Z", -62_135_596_800, "00010101T000000Z"),
  ("9999-12-31T23:59:59Z", 253_402_300_799, "99991231T235959Z"),
  ("2038-01-19T03:14:08Z", 2_147_483_648, "20380119T031408Z"),
])
func `a second is written and read`(text: String, seconds: Int64, basic: String) throws {
  let time = try #require(Timestamp(seconds: seconds))
  #expect(time.rfc3339 == text)
  #expect(time.basic(withFraction: false) == basic)
  #expect(Timestamp.Reading(rfc3339: text)?.timestamp == time)
}

@Test(arguments: [
  ("2025-09-25T12:00:00.5Z", "2025-09-25T12:00:00.500000Z", true),
  ("2025-09-25T12:00:00.123457Z", "2025-09-25T12:00:00.123457Z", true),
  ("2025-09-25T12:00:00.000001Z", "2025-09-25T12:00:00.000001Z", true),
  ("2025-09-25T12:00:00.000000Z", "2025-09-25T12:00:00Z", true),
  ("2025-09-25T12:00:00.000000000Z", "2025-09-25T12:00:00Z", true),
  ("2025-09-25T12:00:00.1234567Z", "2025-09-25T12:00:00.123456Z", false),
  ("1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.250000Z", true),
  ("0001-01-01T00:00:00.000001Z", "0001-01-01T00:00:00.000001Z", true),
])
func `a fraction is kept to the microsecond and left out when zero`(
  text: String, written: String, isExact: Bool
) throws {
  let reading = try #require(Timestamp.Reading(rfc3339: text))
  #expect(reading.timestamp.rfc3339 == written)
  #expect(reading.isExact == isExact)
}

@Test(arguments: [
  ("2025-09-25T14:00:00+02:00", 120), ("2025-09-25T06:30:00-05:30", -330),
  ("2025-09-25T12:00:00+00:00", 0), ("2025-09-25t12:00:00z", 0),
  ("2025-09-26T11:59:00+23:59", 1439),
])
func `an offset is taken off`(text: String, minutes: Int64) throws {
  let reading = try #require(Timestamp.Reading(rfc3339: text))
  #expect(reading.timestamp.rfc3339 == "2025-09-25T12:00:00Z")
  #expect(reading.offsetMinutes == minutes)
}

@Test(arguments: [
  "", "now", "2025-09-25", "2025-09-25T12:00Z", "2025-09-25 12:00:00Z", "2025-09-25T12:00:00",
  "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2025-04-31T00:00:00Z", "2025-13-01T00:00:00Z",
  "2025-00-01T00:00:00Z", "2025-01-00T00:00:00Z", "0000-01-01T00:00:00Z", "2025-01-01T24:00:00Z",
  "2025-01-01T23:60:00Z", "2016-12-31T23:59:60Z", "2025-01-01T00:00:00.Z",
  "2025-01-01T00:00:00.1234567890Z", "2025-01-01T00:00:00,5Z", "2025-01-01T00:00:00+24:00",
  "2025-01-01T00:00:00+0100", "2025-01-01T00:00:00Z ", " 2025-01-01T00:00:00Z",
  "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "２025-01-01T00:00:00Z",
  "12025-01-01T00:00:00Z", "-2025-01-01T00:00:00Z",
])
func `what is no time of RFC 3339 is refused`(text: String) {
  #expect(Timestamp.Reading(rfc3339: text) == nil)
}

@Test func `every day of 400 years is written and read back`() throws {
  var previous = ""
  for day in 0..<146_097 {
    let time = try #require(Timestamp(seconds: Int64(day - 73_000) * 86_400))
    let text = time.rfc3339
    #expect(previous < text)
    #expect(Timestamp.Reading(rfc3339: text)?.timestamp == time)
    previous = text
  }
}

@Test func `moments outside of the years that can be written do not exist`() {
  #expect(Timestamp(microseconds: Timestamp.range.lowerBound - 1) == nil)
  #expect(Timestamp(microseconds: Timestamp.range.upperBound + 1) == nil)
  #expect(Timestamp(seconds: .max) == nil)
  #expect(
    Timestamp(microseconds: Timestamp.range.upperBound)?.rfc3339 == "9999-12-31T23:59:59.999999Z")
}
