package trainyard.scenario.verify.scheduling;

import java.util.Locale;
import trainyard.sim.csv.CsvRow;

/**
 * A run of another simulator: a row of a table of runs.
 *
 * @param peer name of the simulator, without its version, such as {@code tiresias}
 * @param trace list of jobs
 * @param cluster in the words of the peer
 * @param placement in the words of the peer; may be empty
 * @param policy in the words of the peer
 */
record PeerRun(String peer, String trace, String cluster, String placement, String policy) {

    static PeerRun of(CsvRow row) {
        String peer = row.requiredText("peer");
        int version = peer.indexOf('(');
        return new PeerRun(
                (version < 0 ? peer : peer.substring(0, version)).strip().toLowerCase(Locale.ROOT),
                row.requiredText("trace"),
                row.requiredText("cluster"),
                row.text("placement"),
                row.requiredText("policy"));
    }

    /** Name of the file of its jobs within a folder of them, where the table of the run is called {@code source}. */
    String perJobFile(String source) {
        String words = cluster.replace("/", " per ").replaceAll("[^A-Za-z0-9_]+", "-");
        return String.join("__", source, trace, words, placement, policy) + ".csv";
    }

    String id() {
        return String.join(" ", trace, cluster, placement, policy);
    }
}
