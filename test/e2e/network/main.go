// Program network answers which connections NetworkPolicies allow, by the matcher of
// github.com/mattfenwick/cyclonus. It reads a question on stdin and writes one answer a probe.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

type question struct {
	Policies []*networkingv1.NetworkPolicy `json:"policies"`
	// Labels by name of namespace.
	Namespaces map[string]map[string]string `json:"namespaces"`
	Probes     []probe                      `json:"probes"`
}

type probe struct {
	From     peer            `json:"from"`
	To       peer            `json:"to"`
	Port     int             `json:"port"`
	Protocol corev1.Protocol `json:"protocol"`
	// Name that the pod at the end gives to the port.
	PortName string `json:"portName"`
}

// A pod, or an address outside the cluster where there is no namespace.
type peer struct {
	Namespace string            `json:"namespace"`
	PodLabels map[string]string `json:"podLabels"`
	IP        string            `json:"ip"`
}

// A connection needs both.
type answer struct {
	Egress  bool `json:"egress"`
	Ingress bool `json:"ingress"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	decoder := json.NewDecoder(in)
	// A field that the types do not know would be a rule that is not evaluated.
	decoder.DisallowUnknownFields()
	var asked question
	if err := decoder.Decode(&asked); err != nil {
		return fmt.Errorf("question: %w", err)
	}
	for _, policy := range asked.Policies {
		if _, known := asked.Namespaces[policy.Namespace]; !known {
			return fmt.Errorf("policy %s: unknown namespace, got: '%s'", policy.Name, policy.Namespace)
		}
	}
	policy := matcher.BuildNetworkPolicies(false, asked.Policies)
	answers := make([]answer, 0, len(asked.Probes))
	for index, probe := range asked.Probes {
		traffic, err := trafficOf(probe, asked.Namespaces)
		if err != nil {
			return fmt.Errorf("probe %d: %w", index, err)
		}
		result := policy.IsTrafficAllowed(traffic)
		answers = append(answers, answer{
			Egress:  result.Egress.IsAllowed(),
			Ingress: result.Ingress.IsAllowed(),
		})
	}
	return json.NewEncoder(out).Encode(answers)
}

func trafficOf(asked probe, namespaces map[string]map[string]string) (*matcher.Traffic, error) {
	switch asked.Protocol {
	case corev1.ProtocolTCP, corev1.ProtocolUDP, corev1.ProtocolSCTP:
	default:
		return nil, fmt.Errorf("protocol must be TCP, UDP or SCTP, got: '%s'", asked.Protocol)
	}
	source, err := trafficPeer(asked.From, namespaces)
	if err != nil {
		return nil, err
	}
	destination, err := trafficPeer(asked.To, namespaces)
	if err != nil {
		return nil, err
	}
	return &matcher.Traffic{
		Source:           source,
		Destination:      destination,
		ResolvedPort:     asked.Port,
		ResolvedPortName: asked.PortName,
		Protocol:         asked.Protocol,
	}, nil
}

func trafficPeer(asked peer, namespaces map[string]map[string]string) (*matcher.TrafficPeer, error) {
	// The matcher asks for an address of every peer once a policy has an ipBlock.
	if asked.IP == "" {
		return nil, fmt.Errorf("a peer needs an address, got: none in namespace '%s'", asked.Namespace)
	}
	if asked.Namespace == "" {
		return &matcher.TrafficPeer{IP: asked.IP}, nil
	}
	labels, known := namespaces[asked.Namespace]
	if !known {
		return nil, fmt.Errorf("unknown namespace, got: '%s'", asked.Namespace)
	}
	return &matcher.TrafficPeer{
		IP: asked.IP,
		Internal: &matcher.InternalPeer{
			Namespace:       asked.Namespace,
			NamespaceLabels: labels,
			PodLabels:       asked.PodLabels,
		},
	}, nil
}
