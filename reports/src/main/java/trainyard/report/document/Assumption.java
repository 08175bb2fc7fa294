package trainyard.report.document;

import java.util.Objects;
import trainyard.report.figure.Require;
import trainyard.sim.hardware.Provenance;

/**
 * One input of the simulation that the result rests on.
 *
 * @param parameter its path in the scenario, for example "cluster.nodes.gpu.memory"
 * @param value as printed, with unit
 * @param origin who chose it
 * @param provenance where the value comes from and how far it can be trusted
 */
public record Assumption(String parameter, String value, Origin origin, Provenance provenance) {

    /** Who chose a value. */
    public enum Origin {
        /** Trainyard, because the scenario is silent. */
        DEFAULT,
        /** The scenario or the command line. */
        SET,
        /** A file read by the scenario: a model, a plan, a trace, a calibration profile. */
        IMPORTED
    }

    public Assumption {
        Require.text(parameter, "parameter");
        Require.text(value, "value of '" + parameter + "'");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(provenance, "provenance");
    }
}
