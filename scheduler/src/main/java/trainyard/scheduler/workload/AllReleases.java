package trainyard.scheduler.workload;

import java.util.List;
import java.util.function.IntConsumer;

/** Several rules, each of which has jobs of its own. */
final class AllReleases implements JobReleases {

    private final List<JobReleases> rules;

    AllReleases(List<JobReleases> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public boolean holds(int job) {
        return rules.stream().anyMatch(rule -> rule.holds(job));
    }

    @Override
    public void finished(int job, boolean done, IntConsumer release, IntConsumer drop) {
        rules.forEach(rule -> rule.finished(job, done, release, drop));
    }
}
