//! Nobody gets in who doesn't belong, and bad input gets AWS's error with nothing stored. A file per
//! topic; what AWS answers was looked up in its documents and, where they are silent, in reports of
//! people who asked S3 itself.

mod connections;
mod documents;
mod keys;
mod limits;
mod operations;
mod own_paths;
mod payloads;
mod s3control;
mod signatures;
mod sts;
