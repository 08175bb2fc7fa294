package trainyard.faults.retry;

import java.util.Objects;

/**
 * Starting a job again on the same nodes before any of them is replaced.
 *
 * @param classified whether it is known by then which faults are permanent: those are not tried again in place. Without,
 *     every try on a broken node fails after its start, and only the last one leads to a replacement
 * @param backoff waits between tries
 */
public record InPlace(boolean classified, BackoffRule backoff) {

    public InPlace {
        Objects.requireNonNull(backoff, "backoff");
    }
}
