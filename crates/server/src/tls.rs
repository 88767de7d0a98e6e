//! TLS: a certificate chain and a key from files, taken anew when the files change.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use crate::config::TlsFiles;
use crate::watched::Watched;

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// The files can't be used.
#[derive(Debug, thiserror::Error)]
#[error("TLS: {file}: {reason}")]
pub struct TlsError {
    file: String,
    reason: String,
}

/// A TLS configuration whose certificate follows its files.
pub struct Tls {
    files: TlsFiles,
    watched: Watched<2>,
    current: Arc<Current>,
    /// What listeners take.
    pub config: Arc<rustls::ServerConfig>,
}

#[derive(Debug)]
struct Current(ArcSwap<CertifiedKey>);

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.load_full())
    }
}

impl Tls {
    /// Reads the files.
    pub fn load(files: TlsFiles) -> Result<Self, TlsError> {
        let watched = Watched::before_reading([files.certificate.clone(), files.key.clone()]);
        let current = Arc::new(Current(ArcSwap::from_pointee(read(&files)?)));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider supports TLS 1.2 and 1.3")
            .with_no_client_auth()
            .with_cert_resolver(current.clone());
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { files, watched, current, config: Arc::new(config) })
    }

    /// Follows the files for ever. A file that can't be read, or a key that doesn't fit, is logged
    /// and the certificate before it stays.
    pub async fn follow(&self) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let Some(version) = self.watched.changed() else { continue };
            match read(&self.files) {
                Ok(key) => {
                    self.current.0.store(Arc::new(key));
                    self.watched.was_read(version);
                    tracing::info!("took the new TLS certificate");
                }
                Err(error) => tracing::warn!(%error, "kept the old TLS certificate"),
            }
        }
    }
}

fn read(files: &TlsFiles) -> Result<CertifiedKey, TlsError> {
    let wrong = |path: &Path, reason: &dyn std::fmt::Display| TlsError {
        file: path.display().to_string(),
        reason: reason.to_string(),
    };
    let (chain_file, key_file) = (&files.certificate, &files.key);
    let text = |path: &Path| std::fs::read(path).map_err(|e: io::Error| wrong(path, &e));
    let chain = CertificateDer::pem_slice_iter(&text(chain_file)?)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| wrong(chain_file, &e))?;
    if chain.is_empty() {
        return Err(wrong(chain_file, &"holds no certificate"));
    }
    let key = PrivateKeyDer::from_pem_slice(&text(key_file)?).map_err(|e| wrong(key_file, &e))?;
    let key =
        rustls::crypto::ring::sign::any_supported_type(&key).map_err(|e| wrong(key_file, &e))?;
    let certified = CertifiedKey::new(chain, key);
    certified.keys_match().map_err(|e| wrong(key_file, &e))?;
    Ok(certified)
}
