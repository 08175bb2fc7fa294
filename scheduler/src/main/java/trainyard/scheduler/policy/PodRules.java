package trainyard.scheduler.policy;

/**
 * How a scheduler that places pods one by one treats those of a job.
 *
 * @param podGpus GPUs of a pod, at least 1; the last pod of a job has the rest
 * @param timeoutNanos time after which a job that holds some of its GPUs gives them back; 0 for never
 * @param backoffNanos time for which such a job asks for nothing, at least 1 and at most an hour; it doubles each time
 */
public record PodRules(int podGpus, long timeoutNanos, long backoffNanos) {

    private static final long HOUR = 3_600_000_000_000L;

    /**
     * Pods of one GPU that are never given back, as a scheduler without gangs has them; the back-off of 10 s is the longest of the scheduler of
     * Kubernetes by default (podMaxBackoffSeconds of KubeSchedulerConfiguration v1, looked up November 2026).
     */
    public static final PodRules KUBERNETES = new PodRules(1, 0, 10_000_000_000L);

    public PodRules {
        if (podGpus < 1 || timeoutNanos < 0 || backoffNanos < 1 || backoffNanos > HOUR) {
            throw new IllegalArgumentException(
                    "a pod has 1 GPU or more, a timeout is at least 0 and a back-off at least 1, got " + podGpus
                            + " GPUs, " + timeoutNanos + " ns and " + backoffNanos + " ns");
        }
    }
}
