//! A point in time and the ways AWS writes it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored; 0 to the year 9999.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(u64);

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// Whole seconds since the epoch: the precision of `Last-Modified`.
    pub const fn seconds(self) -> u64 {
        self.0 / 1000
    }

    /// `2026-11-24T10:12:00.000Z`, as in XML.
    pub fn iso8601(self) -> String {
        let (days, of_day) = (self.0 / 86_400_000, self.0 % 86_400_000);
        let ((year, month, day), seconds) = (civil(days), of_day / 1000);
        let mut text = *b"YYYY-MM-DDThh:mm:ss.mmmZ";
        for (at, digits, number) in [
            (0, 4, year),
            (5, 2, month),
            (8, 2, day),
            (11, 2, seconds / 3600),
            (14, 2, seconds / 60 % 60),
            (17, 2, seconds % 60),
            (20, 3, of_day % 1000),
        ] {
            write_digits(&mut text[at..at + digits], number);
        }
        str::from_utf8(&text).expect("digits and signs").to_owned()
    }

    /// `2026-11-24T10:12:00Z`, as IAM and STS write it, and S3 in errors.
    pub fn iso8601_seconds(self) -> String {
        let mut text = self.iso8601();
        text.replace_range(19.., "Z");
        text
    }

    /// `20261124T101200Z`, as in signatures.
    pub fn basic(self) -> String {
        let text = self.iso8601();
        let mut basic = String::with_capacity(16);
        basic.extend([&text[..4], &text[5..7], &text[8..13], &text[14..16], &text[17..19], "Z"]);
        basic
    }

    /// `Tue, 24 Nov 2026 10:12:00 GMT`, as in HTTP headers.
    pub fn http_date(self) -> String {
        const DAYS: [&[u8; 3]; 7] = [b"Thu", b"Fri", b"Sat", b"Sun", b"Mon", b"Tue", b"Wed"];
        const MONTHS: [&[u8; 3]; 12] = [
            b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
            b"Dec",
        ];
        let (days, of_day) = (self.0 / 86_400_000, self.0 % 86_400_000);
        let ((year, month, day), seconds) = (civil(days), of_day / 1000);
        let mut text = *b"ddd, DD mmm YYYY hh:mm:ss GMT";
        // The epoch was a Thursday.
        text[..3].copy_from_slice(DAYS[(days % 7) as usize]);
        text[8..11].copy_from_slice(MONTHS[month as usize - 1]);
        for (at, digits, number) in [
            (5, 2, day),
            (12, 4, year),
            (17, 2, seconds / 3600),
            (20, 2, seconds / 60 % 60),
            (23, 2, seconds % 60),
        ] {
            write_digits(&mut text[at..at + digits], number);
        }
        str::from_utf8(&text).expect("letters and digits").to_owned()
    }

    /// Reads `20261124T101200Z`.
    pub fn parse_basic(text: &str) -> Option<Self> {
        let digits = |at: std::ops::Range<usize>| number(text.get(at)?);
        if text.len() != 16 || text.get(8..9)? != "T" || !text.ends_with('Z') {
            return None;
        }
        let day = [digits(0..4)?, digits(4..6)?, digits(6..8)?];
        from_parts(day, [digits(9..11)?, digits(11..13)?, digits(13..15)?], 0)
    }

    /// Reads an HTTP date in any of its three forms (RFC 9110, 5.6.7), and with mail's names of the
    /// same zone: boto3 signs with a `Date` that ends with `-0000`, and AWS reads it.
    pub fn parse_http_date(text: &str) -> Option<Self> {
        let zoneless = [" -0000", " +0000", " UTC"].iter().find_map(|it| text.strip_suffix(it));
        let read = match zoneless {
            Some(rest) => httpdate::parse_http_date(&format!("{rest} GMT")),
            None => httpdate::parse_http_date(text),
        };
        read.ok().map(Into::into)
    }

    /// Reads `2026-11-24T10:12:00Z`, with or without a fraction of a second.
    pub fn parse_iso8601(text: &str) -> Option<Self> {
        let digits = |at: std::ops::Range<usize>| number(text.get(at)?);
        let sign = |at: usize| text.as_bytes().get(at).copied();
        if [sign(4), sign(7), sign(10), sign(13), sign(16)].map(|it| it.unwrap_or(0)) != *b"--T::" {
            return None;
        }
        let fraction = text.get(19..)?.strip_suffix('Z')?;
        let millis = match fraction.strip_prefix('.') {
            Some(digits) => number(format!("{digits:0<3}").get(..3)?)?,
            None if fraction.is_empty() => 0,
            None => return None,
        };
        let day = [digits(0..4)?, digits(5..7)?, digits(8..10)?];
        from_parts(day, [digits(11..13)?, digits(14..16)?, digits(17..19)?], millis)
    }

    /// `self - earlier`, or zero if it is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// This much later.
    pub fn plus(self, time: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)))
    }
}

/// Every request has several times in it: `fmt` would cost more than the rest of its log line.
fn write_digits(places: &mut [u8], mut number: u64) {
    for place in places.iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

fn number(text: &str) -> Option<u64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

fn from_parts([year, month, day]: [u64; 3], [h, m, s]: [u64; 3], millis: u64) -> Option<Timestamp> {
    if year < 1970 || !(1..=12).contains(&month) || day < 1 || h > 23 || m > 59 || s > 60 {
        return None;
    }
    let days = days_from_civil(year, month, day);
    // A day that the month doesn't have comes back as another one.
    (civil(days) == (year, month, day)).then_some(())?;
    Some(Timestamp((days * 86_400 + h * 3600 + m * 60 + s) * 1000 + millis))
}

/// Days since the epoch of a date of the Gregorian calendar, 1970 or later. Howard Hinnant's
/// "chrono-compatible low-level date algorithms": years begin in March, so that a leap day ends one.
fn days_from_civil(year: u64, month: u64, day: u64) -> u64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year / 400, year % 400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    (year, month, of_year - (153 * shifted + 2) / 5 + 1)
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        Self::default().plus(time.duration_since(UNIX_EPOCH).unwrap_or_default())
    }
}

impl From<Timestamp> for SystemTime {
    fn from(time: Timestamp) -> Self {
        UNIX_EPOCH + Duration::from_millis(time.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_moment_in_three_ways() {
        let at = Timestamp::from_millis(1_795_515_120_042);
        assert_eq!(at.iso8601(), "2026-11-24T10:12:00.042Z");
        assert_eq!(at.iso8601_seconds(), "2026-11-24T10:12:00Z");
        assert_eq!(at.basic(), "20261124T101200Z");
        assert_eq!(at.http_date(), "Tue, 24 Nov 2026 10:12:00 GMT");
        for zone in ["GMT", "UTC", "-0000", "+0000"] {
            let read = Timestamp::parse_http_date(&format!("Tue, 24 Nov 2026 10:12:00 {zone}"));
            assert_eq!(read.map(Timestamp::seconds), Some(at.seconds()), "{zone}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for bad in
            ["20260230T000000Z", "20261301T000000Z", "20261124T250000Z", "20261124T101200", ""]
        {
            assert_eq!(Timestamp::parse_basic(bad), None, "{bad}");
        }
        for bad in [
            "2026-11-24",
            "2026-11-24T10:12:00",
            "2026-02-30T00:00:00Z",
            "é026-11-24T10",
            "2026-11-24T10:12:00.éZ",
            "2026-11-24T10:12:00.12éZ",
        ] {
            assert_eq!(Timestamp::parse_iso8601(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_form_is_read_back(millis in 0u64..253_402_300_799_999) {
            let at = Timestamp::from_millis(millis);
            let whole = Timestamp::from_millis(at.seconds() * 1000);
            prop_assert_eq!(Timestamp::parse_iso8601(&at.iso8601()), Some(at));
            prop_assert_eq!(Timestamp::parse_basic(&at.basic()), Some(whole));
            prop_assert_eq!(Timestamp::parse_http_date(&at.http_date()), Some(whole));
            prop_assert_eq!(at.http_date(), httpdate::fmt_http_date(at.into()));
        }
    }
}
