//! The connection to a server below the protocol: a socket that ends when the server sends more than it may.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;

use crate::database::address::Server;

/// The number of bytes that the server may still send.
#[derive(Clone, Debug)]
pub(super) struct ByteBudget(Arc<AtomicU64>);

impl ByteBudget {
    pub(super) fn new(bytes: u64) -> Self {
        Self(Arc::new(AtomicU64::new(bytes)))
    }

    pub(super) fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    fn spend(&self, bytes: u64) -> io::Result<()> {
        let left = self.0.load(Ordering::Relaxed).saturating_sub(bytes);
        self.0.store(left, Ordering::Relaxed);
        if left == 0 { Err(io::Error::other("the server sends too much")) } else { Ok(()) }
    }
}

/// A socket with a budget.
pub(super) struct Wire {
    socket: Socket,
    budget: ByteBudget,
}

enum Socket {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

impl Wire {
    /// Connects to a server.
    pub(super) async fn connect(server: &Server, budget: ByteBudget) -> io::Result<Self> {
        if is_local(server) {
            #[cfg(unix)]
            {
                let path = std::path::Path::new(&server.host).join(format!(".s.PGSQL.{}", server.port));
                return Ok(Self { socket: Socket::Unix(UnixStream::connect(path).await?), budget });
            }
            #[cfg(not(unix))]
            return Err(io::Error::other("this system has no Unix sockets"));
        }
        let socket = TcpStream::connect((server.host.as_str(), server.port)).await?;
        // Requests are small, and each waits for its response.
        let _ = socket.set_nodelay(true);
        Ok(Self { socket: Socket::Tcp(socket), budget })
    }
}

/// Returns whether the server is reached through a Unix socket, which never leaves the machine.
pub(super) fn is_local(server: &Server) -> bool {
    server.host.starts_with('/')
}

/// Calls a method of the socket.
macro_rules! on_socket {
    ($wire:expr, $socket:ident => $call:expr) => {
        match &mut $wire.get_mut().socket {
            Socket::Tcp($socket) => $call,
            #[cfg(unix)]
            Socket::Unix($socket) => $call,
        }
    };
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(on_socket!(self.as_mut(), socket => Pin::new(socket).poll_read(context, buffer)))?;
        let read = buffer.filled().len() - before;
        Poll::Ready(self.budget.spend(read as u64))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        on_socket!(self, socket => Pin::new(socket).poll_write(context, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_socket!(self, socket => Pin::new(socket).poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_socket!(self, socket => Pin::new(socket).poll_shutdown(context))
    }
}
