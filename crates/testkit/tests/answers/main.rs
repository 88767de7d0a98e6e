//! What S3 answers, to the element: taken from the S3 API Reference and, where that is silent, from
//! answers of AWS that others have recorded (docs/conformance.md). A file per kind of request.

mod checksums;
mod conditions;
mod copying;
mod forms;
mod late;
mod listings;
mod metadata;
mod multipart;
mod other_origins;
mod recorded;
mod tagging;
