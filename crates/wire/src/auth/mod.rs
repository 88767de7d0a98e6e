//! Who signed a request: Signature Version 4 and 2, presigned URLs.
