package trainyard.scenario.verify.sgd.form;

import trainyard.scenario.verify.RowParameters;
import trainyard.training.analytic.ParameterServerTime;

/** Parameter servers and the ring over the same links. */
final class ServerForms {

    private ServerForms() {}

    static void addTo(GoldenForms forms) {
        forms.add("sync push time.*", row -> of(row).pushSeconds());
        forms.add("sync iteration: compute \\+ push \\+ pull.*", row -> of(row).syncSeconds());
        forms.add("ring all-reduce iteration.*", row -> of(row).ringSeconds());
        forms.add("async saturation throughput.*", row -> of(row).asyncRate());
        forms.add("workers at which async server.*", row -> of(row).saturatingWorkers());
    }

    static ParameterServerTime of(RowParameters row) {
        return new ParameterServerTime(
                row.whole("P"),
                row.whole("shards"),
                row.number("model_bytes"),
                row.number("server_nic_Bps"),
                row.number("compute_s"));
    }
}
