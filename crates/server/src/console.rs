//! The console's listener: for now a page that says that there is no console yet.

use std::sync::Arc;

use hyper::body::Incoming;
use hyper::{Request, Response, header};

use crate::body::Body;
use crate::listener::Responder;
use crate::remote::Remote;

/// Answers on the console's address. Its own origin: an uploaded page must never run here.
pub struct Console {
    page: String,
}

impl Console {
    /// A page that points to the API's address.
    pub fn new(api_url: &str) -> Self {
        Self { page: PAGE.replace("{api}", api_url) }
    }
}

const PAGE: &str = "<!doctype html>
<html lang=\"en\"><meta charset=\"utf-8\"><title>Onggi</title>
<style>body{font:16px/1.6 sans-serif;max-width:36em;margin:4em auto;padding:0 1em}</style>
<h1>Onggi</h1>
<p>The web console isn't built into this version yet. The S3 API answers at <code>{api}</code>:</p>
<pre>aws --endpoint-url {api} s3 ls</pre>
<p lang=\"ko\">웹 콘솔은 아직 이 버전에 들어 있지 않습니다. S3 API는 <code>{api}</code>에서 쓸 수 있습니다.</p>
</html>
";

impl Responder for Console {
    type Connection = Arc<Self>;

    fn accept(self: Arc<Self>, _: Remote) -> Arc<Self> {
        self
    }

    async fn answer(console: Arc<Arc<Self>>, request: Request<Incoming>) -> Response<Body> {
        let (status, page) = match request.uri().path() {
            "/" => (200, console.page.clone()),
            _ => (404, "Not found\n".into()),
        };
        Response::builder()
            .status(status)
            .header(header::CONTENT_TYPE, "text/html; charset=utf-8")
            .header(
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'unsafe-inline'",
            )
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .body(Body::plain(page))
            .expect("constant headers")
    }
}
