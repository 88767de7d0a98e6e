//! What one caller after another would be answered: a bucket as plain maps.

use std::collections::BTreeMap;

use types::ETag;

use crate::Precondition;

/// A bucket's name, and what stands behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct State {
    pub(super) bucket: Option<Contents>,
}

/// What a bucket holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Contents {
    /// 0 if it was created without an answer, until somebody finds it.
    pub(super) space: u64,
    pub(super) objects: BTreeMap<u8, Object>,
    pub(super) uploads: BTreeMap<u128, Open>,
}

/// An object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Object {
    pub(super) content: Content,
    pub(super) upload: Option<u128>,
}

/// What a reader finds: an ETag, the bodies that the bytes are made of, and whose metadata and tags.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Content {
    pub(super) etag: ETag,
    pub(super) bodies: Vec<u32>,
    pub(super) about: About,
}

/// Metadata and tags, by their numbers; tags 0 are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct About {
    pub(super) metadata: u32,
    pub(super) tags: u32,
}

/// An open upload.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Open {
    pub(super) key: u8,
    pub(super) parts: BTreeMap<u16, u32>,
    pub(super) about: About,
    pub(super) base: Base,
}

/// What was there when an upload began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Base {
    /// Nothing was.
    pub(super) absent: bool,
    /// It is there still.
    pub(super) same: bool,
}

/// None if there is no object.
pub(super) type Found = Option<Content>;

/// What is asked. Keys and bodies are numbers.
#[derive(Clone, Debug)]
pub(super) enum Op {
    Create,
    DeleteBucket {
        space: u64,
    },
    Find,
    Put {
        space: u64,
        key: u8,
        bodies: Vec<u32>,
        about: About,
        condition: Precondition,
    },
    SetTags {
        space: u64,
        key: u8,
        tags: u32,
    },
    Delete {
        space: u64,
        key: u8,
        condition: Precondition,
    },
    Get {
        space: u64,
        key: u8,
    },
    /// What a listing shows of a key.
    See {
        space: u64,
        key: u8,
    },
    Begin {
        space: u64,
        key: u8,
        about: About,
    },
    Part {
        space: u64,
        key: u8,
        upload: u128,
        number: u16,
        body: u32,
    },
    Complete {
        space: u64,
        key: u8,
        upload: u128,
        parts: Vec<(u16, u32)>,
        condition: Precondition,
    },
    Abort {
        space: u64,
        key: u8,
        upload: u128,
    },
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Done,
    Created(u64),
    Found(Option<u64>),
    Object(Found),
    Seen(Option<ETag>),
    Began(u128),
    Completed(ETag),
    BucketExists,
    BucketNotEmpty,
    NoSuchBucket,
    NoSuchKey,
    PreconditionFailed,
    Conflict,
    NoSuchUpload,
    InvalidPart(u16),
    /// Not now; nothing has happened.
    Busy,
}

/// The ETag of an object in one piece, which is one body, or a copy of one of several.
pub(super) fn etag_of_piece(bodies: &[u32]) -> ETag {
    ETag::of_body(md5_of_piece(bodies))
}

/// Stands for the MD5 of some bodies behind each other.
pub(super) fn md5_of_piece(bodies: &[u32]) -> [u8; 16] {
    match bodies {
        [body] => md5_of_body(*body),
        _ => md5_of_md5s(&md5s(bodies)),
    }
}

fn md5s(bodies: &[u32]) -> Vec<u8> {
    bodies.iter().flat_map(|it| md5_of_body(*it)).collect()
}

/// Stands for an MD5: tells bodies apart.
pub(super) fn md5_of_body(body: u32) -> [u8; 16] {
    let mut md5 = [0x5a; 16];
    md5[..4].copy_from_slice(&body.to_le_bytes());
    md5
}

/// The ETag of an object of parts.
pub(super) fn etag_of_parts(bodies: &[u32]) -> ETag {
    ETag::of_parts(md5_of_md5s(&md5s(bodies)), bodies.len() as u16)
}

/// Stands for the MD5 of MD5s.
pub(super) fn md5_of_md5s(md5s: &[u8]) -> [u8; 16] {
    let mut md5 = [0u8; 16];
    for (index, byte) in md5s.iter().enumerate() {
        md5[index % 16] = md5[index % 16].wrapping_mul(31).wrapping_add(*byte);
    }
    md5
}

impl State {
    /// The state behind an operation that was answered so (none: it isn't known how); none if it
    /// can't have been.
    pub(super) fn after(&self, op: &Op, answer: Option<&Answer>) -> Option<State> {
        if answer == Some(&Answer::Busy) {
            return Some(self.clone());
        }
        match op {
            Op::Create => self.after_create(answer),
            Op::DeleteBucket { space } => self.after_bucket_deletion(*space, answer),
            Op::Find => {
                let mut next = self.clone();
                if let (Some(bucket), Some(Answer::Found(Some(space)))) = (&mut next.bucket, answer)
                    && bucket.space == 0
                {
                    bucket.space = *space;
                }
                let found = Answer::Found(next.bucket.as_ref().map(|it| it.space));
                is(answer, &found).then_some(next)
            }
            Op::Put { space, .. }
            | Op::SetTags { space, .. }
            | Op::Delete { space, .. }
            | Op::Get { space, .. }
            | Op::See { space, .. }
            | Op::Begin { space, .. }
            | Op::Part { space, .. }
            | Op::Complete { space, .. }
            | Op::Abort { space, .. } => match &self.bucket {
                Some(bucket) if bucket.space == *space => {
                    let bucket = bucket.after(op, answer)?;
                    Some(State { bucket: Some(bucket) })
                }
                _ => self.after_in_dropped(op, answer),
            },
        }
    }

    fn after_create(&self, answer: Option<&Answer>) -> Option<State> {
        if self.bucket.is_some() {
            return is(answer, &Answer::BucketExists).then(|| self.clone());
        }
        let space = match answer {
            None => 0,
            Some(Answer::Created(space)) => *space,
            Some(_) => return None,
        };
        Some(State { bucket: Some(Contents { space, ..Contents::default() }) })
    }

    fn after_bucket_deletion(&self, space: u64, answer: Option<&Answer>) -> Option<State> {
        let (next, right) = match &self.bucket {
            Some(it) if it.space == space && it.objects.is_empty() => {
                (State::default(), Answer::Done)
            }
            Some(it) if it.space == space => (self.clone(), Answer::BucketNotEmpty),
            _ => (self.clone(), Answer::NoSuchBucket),
        };
        is(answer, &right).then_some(next)
    }

    /// In a bucket that is gone: no such bucket, or nothing in it, but nothing ever happens.
    fn after_in_dropped(&self, op: &Op, answer: Option<&Answer>) -> Option<State> {
        if is(answer, &Answer::NoSuchBucket) {
            return Some(self.clone());
        }
        let nothing = Contents::default();
        let next = nothing.after(op, answer)?;
        (next == nothing && !matches!(op, Op::Begin { .. })).then(|| self.clone())
    }
}

impl Contents {
    fn after(&self, op: &Op, answer: Option<&Answer>) -> Option<Contents> {
        let mut next = self.clone();
        let right = match op {
            Op::Put { key, bodies, about, condition, .. } => match self.judge(*key, *condition) {
                Some(refused) => refused,
                None => {
                    let (etag, bodies) = (etag_of_piece(bodies), bodies.clone());
                    let content = Content { etag, bodies, about: *about };
                    next.write(*key, Object { content, upload: None });
                    Answer::Done
                }
            },
            Op::SetTags { key, tags, .. } => match next.objects.get_mut(key) {
                Some(object) => {
                    object.content.about.tags = *tags;
                    Answer::Done
                }
                None => Answer::NoSuchKey,
            },
            Op::Delete { key, condition, .. } => match self.judge(*key, *condition) {
                Some(refused) => refused,
                None => {
                    next.delete(*key);
                    Answer::Done
                }
            },
            Op::Get { key, .. } => {
                Answer::Object(self.objects.get(key).map(|it| it.content.clone()))
            }
            Op::See { key, .. } => Answer::Seen(self.objects.get(key).map(|it| it.content.etag)),
            Op::Begin { key, about, .. } => {
                // Nobody knows the upload that was begun without an answer.
                if let Some(Answer::Began(id)) = answer {
                    let base = Base { absent: !next.objects.contains_key(key), same: true };
                    let parts = BTreeMap::new();
                    next.uploads.insert(*id, Open { key: *key, parts, about: *about, base });
                    return Some(next);
                }
                return answer.is_none().then_some(next);
            }
            Op::Part { key, upload, number, body, .. } => match next.uploads.get_mut(upload) {
                Some(open) if open.key == *key => {
                    open.parts.insert(*number, *body);
                    Answer::Done
                }
                _ => Answer::NoSuchUpload,
            },
            Op::Abort { key, upload, .. } => match next.uploads.remove(upload) {
                Some(open) if open.key == *key => Answer::Done,
                _ => Answer::NoSuchUpload,
            },
            Op::Complete { key, upload, parts, condition, .. } => {
                return self.after_completion((*key, *upload), parts, *condition, answer);
            }
            Op::Create | Op::DeleteBucket { .. } | Op::Find => unreachable!("not in a bucket"),
        };
        is(answer, &right).then_some(next)
    }

    fn write(&mut self, key: u8, object: Object) {
        self.objects.insert(key, object);
        for open in self.uploads.values_mut().filter(|it| it.key == key) {
            open.base.same = false;
        }
    }

    fn delete(&mut self, key: u8) {
        if self.objects.remove(&key).is_some() {
            for open in self.uploads.values_mut().filter(|it| it.key == key) {
                open.base.same = open.base.absent;
            }
        }
    }

    fn judge(&self, key: u8, condition: Precondition) -> Option<Answer> {
        match (condition, self.objects.get(&key)) {
            (Precondition::None, _) | (Precondition::Absent, None) => None,
            (Precondition::Absent, Some(_)) => Some(Answer::PreconditionFailed),
            (Precondition::Matches(_) | Precondition::MatchesNothing, None) => {
                Some(Answer::NoSuchKey)
            }
            (Precondition::MatchesNothing, Some(_)) => Some(Answer::PreconditionFailed),
            (Precondition::Matches(wanted), Some(is)) => {
                wanted.is_some_and(|it| it != is.content.etag).then_some(Answer::PreconditionFailed)
            }
        }
    }

    /// Parts and condition are two looks; if both are wrong either may be told.
    fn after_completion(
        &self,
        (key, upload): (u8, u128),
        parts: &[(u16, u32)],
        condition: Precondition,
        answer: Option<&Answer>,
    ) -> Option<Contents> {
        let unchanged = |right: &Answer| is(answer, right).then(|| self.clone());
        let Some(open) = self.uploads.get(&upload) else {
            let object = self.objects.get(&key).filter(|it| it.upload == Some(upload));
            return unchanged(
                &object.map_or(Answer::NoSuchUpload, |it| Answer::Completed(it.content.etag)),
            );
        };
        let wrong = parts.iter().find(|(number, body)| open.parts.get(number) != Some(body));
        let refused = self.judge(key, condition).or_else(|| {
            let conflict = condition != Precondition::None && !open.base.same;
            conflict.then_some(Answer::Conflict)
        });
        if wrong.is_some() || refused.is_some() {
            let part = wrong.and_then(|(number, _)| unchanged(&Answer::InvalidPart(*number)));
            return part.or_else(|| unchanged(&refused?));
        }
        let bodies: Vec<u32> = parts.iter().map(|(_, body)| *body).collect();
        let (etag, about) = (etag_of_parts(&bodies), open.about);
        let mut next = self.clone();
        next.uploads.remove(&upload);
        let content = Content { etag, bodies, about };
        next.write(key, Object { content, upload: Some(upload) });
        is(answer, &Answer::Completed(etag)).then_some(next)
    }
}

/// Whether this is the answer, as far as it is known.
fn is(answer: Option<&Answer>, right: &Answer) -> bool {
    answer.is_none_or(|it| it == right)
}
