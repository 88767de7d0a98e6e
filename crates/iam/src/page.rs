//! IAM's pages: `MaxItems` and `Marker` of a request, `IsTruncated` and `Marker` of an answer.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::{IamError, Invalid};

/// Items of a page that doesn't say how many it wants.
pub const MAX_ITEMS: usize = 100;
/// The most that it can ask for.
const MAX_ITEMS_MAX: i64 = 1000;

/// Which page.
#[derive(Clone, Debug, Default)]
pub struct PageRequest {
    /// What the page before said.
    pub marker: Option<String>,
    /// How many.
    pub max_items: Option<i64>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What the next page is asked for with; none on the last.
    pub marker: Option<String>,
}

/// A page of things that come in the order of their keys, which are unique. The marker is the last
/// key: what is added or removed meanwhile moves nothing else.
pub fn page<T>(
    things: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> String,
    request: &PageRequest,
) -> Result<Page<T>, IamError> {
    let max = match request.max_items {
        None => MAX_ITEMS,
        Some(max @ 1..=MAX_ITEMS_MAX) => max as usize,
        Some(_) => return Err(Invalid::MaxItems.into()),
    };
    let after = request.marker.as_deref().map(parse_marker).transpose()?;
    let mut items = Vec::new();
    for thing in things {
        let key = key(&thing);
        if after.as_ref().is_some_and(|after| key <= *after) {
            continue;
        }
        if items.len() == max {
            let (_, last) = items.last().expect("at least one");
            let marker = Some(URL_SAFE_NO_PAD.encode::<&String>(last));
            return Ok(Page { items: items.into_iter().map(|it| it.0).collect(), marker });
        }
        items.push((thing, key));
    }
    Ok(Page { items: items.into_iter().map(|it| it.0).collect(), marker: None })
}

fn parse_marker(marker: &str) -> Result<String, IamError> {
    let bytes = URL_SAFE_NO_PAD.decode(marker).map_err(|_| Invalid::Marker)?;
    Ok(String::from_utf8(bytes).map_err(|_| Invalid::Marker)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other() {
        let all: Vec<String> = (0..25).map(|it| format!("{it:02}")).collect();
        let mut request = PageRequest { marker: None, max_items: Some(10) };
        let mut seen = Vec::new();
        for count in [10, 10, 5] {
            let page = page(all.clone(), String::clone, &request).unwrap();
            assert_eq!(page.items.len(), count);
            seen.extend(page.items);
            request.marker = page.marker;
        }
        assert_eq!((seen, request.marker), (all.clone(), None));
        let exact = PageRequest { marker: None, max_items: Some(25) };
        assert_eq!(page(all.clone(), String::clone, &exact).unwrap().marker, None);
        for (max, fits) in [(0, false), (1, true), (1000, true), (1001, false)] {
            let request = PageRequest { marker: None, max_items: Some(max) };
            assert_eq!(page(all.clone(), String::clone, &request).is_ok(), fits, "{max}");
        }
        let request = PageRequest { marker: Some("?".into()), max_items: None };
        assert!(page(all, String::clone, &request).is_err());
    }
}
