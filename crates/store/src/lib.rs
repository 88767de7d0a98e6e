//! Object-store meaning on an engine: buckets, objects, multipart uploads, preconditions.
