package trainyard.scenario.importing.kubernetes;

import java.util.Set;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.source.Problem;

/**
 * Kinds that an export of a cluster holds beside quotas and queues. They leave teams and quotas as they are, so they are passed over;
 * of those that ask for GPUs or share them out it is warned.
 */
final class OtherKinds {

    /** What runs (Kubernetes, Kubeflow, Volcano, Ray, JobSet, LeaderWorkerSet, Kueue); no manifest says how long. */
    private static final Set<String> WORKLOADS = Set.of(
            "Job",
            "CronJob",
            "Pod",
            "Deployment",
            "ReplicaSet",
            "StatefulSet",
            "DaemonSet",
            "PyTorchJob",
            "TFJob",
            "MPIJob",
            "XGBoostJob",
            "PaddleJob",
            "JAXJob",
            "TrainJob",
            "RayJob",
            "RayCluster",
            "RayService",
            "JobSet",
            "LeaderWorkerSet",
            "PodGroup",
            "Workload");

    /** Shares and limits of other schedulers: a Queue of Volcano or KAI. */
    private static final Set<String> QUEUES = Set.of("Queue");

    /** What neither asks for GPUs nor says who gets them. */
    private static final Set<String> BESIDES = Set.of(
            "ConfigMap",
            "Secret",
            "Service",
            "ServiceAccount",
            "Role",
            "RoleBinding",
            "ClusterRole",
            "ClusterRoleBinding",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "StorageClass",
            "NetworkPolicy",
            "LimitRange",
            "Ingress",
            "PodDisruptionBudget",
            "CustomResourceDefinition",
            "Event",
            "Endpoints",
            "EndpointSlice",
            "Lease",
            "Node",
            "Topology",
            "AdmissionCheck",
            "ProvisioningRequestConfig",
            "MultiKueueConfig",
            "MultiKueueCluster");

    private OtherKinds() {}

    static boolean has(String kind) {
        return WORKLOADS.contains(kind) || QUEUES.contains(kind) || BESIDES.contains(kind);
    }

    /** Notes that an object is passed over, and warns where a part of the scenario would be missed. */
    static void tell(KubeObject object, ImportLog log) {
        String kind = object.kind();
        log.note(Fate.IGNORED, object.position("kind"), kind + name(object), reason(kind));
        if (!BESIDES.contains(kind)) {
            log.warn(Problem.at(
                    object.position("kind"),
                    Problem.Kind.PLAN,
                    kind + name(object) + " is passed over: " + reason(kind),
                    instead(kind)));
        }
    }

    /** What to write in its place; empty for what asks for no GPUs. */
    static String instead(String kind) {
        if (BESIDES.contains(kind)) {
            return "";
        }
        return WORKLOADS.contains(kind)
                ? "add what runs under jobs, such as {id: a, gpus: 8, run: 3 h, team: NAME}"
                : "write a team with its quota under scheduler.teams";
    }

    static String reason(String kind) {
        if (WORKLOADS.contains(kind)) {
            return "a manifest does not say how long it runs";
        }
        return QUEUES.contains(kind)
                ? "shares and limits of schedulers other than Kueue are not read"
                : "neither asks for GPUs nor says who gets them";
    }

    private static String name(KubeObject object) {
        return object.object("metadata")
                .value("name")
                .map(found -> " " + found.text())
                .orElse("");
    }
}
