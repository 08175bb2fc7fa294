/**
 * Quotas of Kubernetes and queues of Kueue as teams of a scenario: begin with
 * {@link trainyard.scenario.importing.kubernetes.KubernetesManifests}.
 */
package trainyard.scenario.importing.kubernetes;
