package trainyard.scheduler.policy;

import java.util.Objects;

/**
 * How a scheduler that places pods one by one treats those of a job.
 *
 * @param podGpus GPUs of a pod, at least 1; the last pod of a job has the rest
 * @param timeoutNanos time after which a job that holds some of its GPUs gives them back; 0 for never
 * @param backoffNanos time for which such a job asks for nothing, at least 1 and at most an hour; it doubles each time
 * @param order whose pod is placed next
 * @param retryNanos time for which a job asks for nothing after a pod of it found no place, 0 for none; it doubles with each failure
 *     in a row
 * @param mostRetryNanos the longest such time, at least the first and at most an hour
 */
public record PodRules(
        int podGpus, long timeoutNanos, long backoffNanos, Order order, long retryNanos, long mostRetryNanos) {

    /** Whose pod is placed next. */
    public enum Order {
        /** One pod of each job in turn, in the order of arrival: all come at once, and none has a rank. */
        TURN,
        /** All pods of the job of the highest priority first, of equal ones the first that came. */
        PRIORITY
    }

    private static final long HOUR = 3_600_000_000_000L;

    /**
     * Pods of one GPU that are never given back, as a scheduler without gangs has them; the back-off of 10 s is the longest of the scheduler of
     * Kubernetes by default (podMaxBackoffSeconds of KubeSchedulerConfiguration v1, looked up November 2026).
     */
    public static final PodRules KUBERNETES = new PodRules(1, 0, 10_000_000_000L);

    /** Pods of all jobs in turn, tried again whenever something changes. */
    public PodRules(int podGpus, long timeoutNanos, long backoffNanos) {
        this(podGpus, timeoutNanos, backoffNanos, Order.TURN, 0, 0);
    }

    public PodRules {
        Objects.requireNonNull(order, "order");
        if (podGpus < 1 || timeoutNanos < 0 || backoffNanos < 1 || backoffNanos > HOUR) {
            throw new IllegalArgumentException(
                    "a pod has 1 GPU or more, a timeout is at least 0 and a back-off at least 1, got " + podGpus
                            + " GPUs, " + timeoutNanos + " ns and " + backoffNanos + " ns");
        }
        if (retryNanos < 0 || mostRetryNanos < retryNanos || mostRetryNanos > HOUR) {
            throw new IllegalArgumentException("pods are tried again after 0 or more, at most an hour, got from "
                    + retryNanos + " to " + mostRetryNanos + " ns");
        }
    }
}
