module controlplane/envoy-gateway

go 1.26

require github.com/envoyproxy/gateway v1.9.1
