package trainyard.faults.retry;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a job is started again, or not.
 *
 * @param budget when it is not
 * @param finalCauses faults after which it ends with the exit code that says not to start it again, by name (NVIDIA
 *     Resiliency Extension: 93)
 * @param inPlace whether it is tried on the same nodes first; empty where broken nodes are known at once
 * @param brake waits before starts that follow one another; empty for none
 */
public record RestartPolicy(
        RestartBudget budget, Set<String> finalCauses, Optional<InPlace> inPlace, Optional<CrashLoopBrake> brake) {

    /** Started again at once and for ever. */
    public static final RestartPolicy ALWAYS =
            new RestartPolicy(RestartBudget.UNLIMITED, Set.of(), Optional.empty(), Optional.empty());

    /**
     * Waits that grow with starts in a row, as the crash loop back-off of Kubernetes (10 s, doubled, at most 5 min, forgotten
     * after 10 min of running).
     *
     * @param backoff waits; its number of tries does not matter
     * @param forgetSeconds once the job has run for so long since its last incident, the next wait is a first one
     */
    public record CrashLoopBrake(BackoffRule backoff, double forgetSeconds) {

        public CrashLoopBrake {
            Objects.requireNonNull(backoff, "backoff");
            if (!(forgetSeconds >= 0)) {
                throw new IllegalArgumentException("the time to forget must be 0 or more, got " + forgetSeconds);
            }
        }
    }

    public RestartPolicy {
        Objects.requireNonNull(budget, "budget");
        finalCauses = Set.copyOf(finalCauses);
        Objects.requireNonNull(inPlace, "inPlace");
        Objects.requireNonNull(brake, "brake");
    }
}
