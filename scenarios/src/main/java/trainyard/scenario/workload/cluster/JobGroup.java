package trainyard.scenario.workload.cluster;

import java.util.Locale;
import java.util.function.Predicate;
import trainyard.scheduler.job.ClusterJob;

/**
 * Jobs that are looked at together.
 *
 * @param prefix what the names of their metrics begin with, such as {@code team.vision.}; empty for all jobs
 * @param name of the team or class, as the scenario writes it; empty for other groups
 * @param words what they are called, such as {@code jobs of team vision}
 * @param members which jobs belong to it
 */
record JobGroup(String prefix, String name, String words, Predicate<ClusterJob> members) {

    /** All jobs. */
    static final JobGroup ALL = new JobGroup("", "", "all jobs", job -> true);

    /** The jobs of a team. */
    static JobGroup team(String team) {
        // Teams are told apart by their hashes, which strings keep: each job is asked for each team.
        int hash = team.hashCode();
        return new JobGroup(
                "team." + word(team) + ".",
                team,
                "jobs of team " + team,
                job -> job.team().hashCode() == hash && job.team().equals(team));
    }

    /** What its metrics are unknown without; empty where any scenario with jobs has them. */
    String needs() {
        return prefix.startsWith("team.")
                ? "done jobs of team " + name + ", which scheduler.teams names for a trace"
                : "";
    }

    /** The jobs of a class. */
    static JobGroup ofClass(String name) {
        String prefix = name + "/";
        return new JobGroup(
                "class." + word(name) + ".",
                name,
                "jobs of class " + name,
                job -> job.id().startsWith(prefix));
    }

    /** Jobs that no node holds. */
    static JobGroup multiNode(int gpusPerNode) {
        return new JobGroup("multi-node.", "", "jobs of more GPUs than a node has", job -> job.gpus() > gpusPerNode);
    }

    /** A name as it stands in the name of a metric. */
    static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
    }
}
