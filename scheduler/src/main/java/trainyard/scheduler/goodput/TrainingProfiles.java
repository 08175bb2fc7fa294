package trainyard.scheduler.goodput;

import java.util.Map;
import java.util.Optional;
import trainyard.scheduler.job.ClusterJob;

/**
 * How jobs train, by their class: what stands before the first slash of an id, or else the whole id.
 *
 * @param byClass of those of which it is known
 */
public record TrainingProfiles(Map<String, TrainingProfile> byClass) {

    /** Of no job. */
    public static final TrainingProfiles NONE = new TrainingProfiles(Map.of());

    public TrainingProfiles {
        byClass = Map.copyOf(byClass);
    }

    /** How a job trains, if it is known. */
    public Optional<TrainingProfile> of(ClusterJob job) {
        return Optional.ofNullable(byClass.get(job.className()));
    }
}
