package trainyard.scenario.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A source scored after a few of its rows have calibrated the model of each of its clusters. Those rows are left out of
 * the score.
 *
 * @param score the other rows
 * @param clusters what was calibrated
 */
public record CalibratedScore(SourceScore score, List<Cluster> clusters) {

    public CalibratedScore {
        clusters = List.copyOf(clusters);
    }

    /**
     * The calibration of one cluster.
     *
     * @param name what tells it from the other clusters of the source
     * @param rows identifiers of the rows that calibrated it
     * @param factors calibrated parameters, as factors on what the model assumes
     */
    public record Cluster(String name, List<String> rows, Map<String, Double> factors) {

        public Cluster {
            rows = List.copyOf(rows);
            factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
        }
    }

    /** Rows used to calibrate, over all clusters. */
    public int calibrationRows() {
        return clusters.stream().mapToInt(cluster -> cluster.rows().size()).sum();
    }
}
