package portal

import (
	"net"
	"net/http"
	"time"
)

// Plain returns the transport that couriers use when they are given none: it
// keeps connections, hears of the system's proxy, verifies certificates, and
// gives up on a connection that does not come about, in 20 seconds for TCP and
// 30 for TLS. It does not limit an exchange as a whole: see Watchdog.
func Plain() http.RoundTripper {
	dialer := &net.Dialer{Timeout: 20 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dialer.DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   2,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   30 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
}
