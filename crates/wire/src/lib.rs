//! AWS on the wire: routing, shapes and codecs, errors, signatures, payload framing.
