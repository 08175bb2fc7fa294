package trainyard.scenario.importing.deepspeed;

import java.util.Optional;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.JsonObject;
import trainyard.scenario.source.Problem;

/** What a configuration moves out of the memory of the GPU. */
final class Offloading {

    private static final String STAGE = "job.parallel.zero";
    private static final String OPTIMIZER = "job.parallel.offload-optimizer";
    private static final String PARAMETERS = "job.parallel.offload-parameters";

    private Offloading() {}

    /** @param zero the section {@code zero_optimization} */
    static void read(JsonObject zero, Draft draft) {
        section(zero, "offload_optimizer", OPTIMIZER, draft);
        section(zero, "offload_param", PARAMETERS, draft);
        old(zero, "cpu_offload", OPTIMIZER, draft);
        old(zero, "cpu_offload_param", PARAMETERS, draft);
        old(zero, "cpu_offload_params", PARAMETERS, draft);
    }

    private static void section(JsonObject zero, String key, String path, Draft draft) {
        Optional<JsonObject> section = zero.object(key, "\"" + key + "\": {\"device\": \"cpu\"}");
        Optional<Found> device = section.flatMap(keys -> keys.value("device"));
        device.filter(found -> !found.text().equals("none")).ifPresent(found -> put(zero, path, found, draft));
        device.filter(found -> found.text().equals("none"))
                .ifPresent(found -> draft.log().note(Fate.READ, found, "nothing is moved"));
        section.ifPresent(keys -> keys.ignoreRest(draft.log(), Offloading::reason));
    }

    private static String reason(String name) {
        if (KnownKeys.isUnknown(name)) {
            return "no key of DeepSpeed; see the warning";
        }
        return name.endsWith(".ratio")
                ? "all of the optimizer's state is priced as moved"
                : "how the host handles what is moved";
    }

    /** The flags of DeepSpeed before its version 0.3.16. */
    private static void old(JsonObject zero, String key, String path, Draft draft) {
        zero.flag(key)
                .filter(found -> found.text().equals("true"))
                .filter(found -> allowed(zero, path, "cpu", found, draft))
                .ifPresent(found -> draft.infer(path, "cpu", found, "an old spelling"));
    }

    private static void put(JsonObject zero, String path, Found device, Draft draft) {
        if (allowed(zero, path, device.text(), device, draft)) {
            draft.read(path, device.text(), device);
        }
    }

    /**
     * The stages that each is for (DeepSpeed, docs/_pages/config-json.md); DeepSpeed passes over it with others, which is rarely
     * meant.
     */
    private static boolean allowed(JsonObject zero, String path, String device, Found found, Draft draft) {
        int stage = Integer.parseInt(draft.find(STAGE).orElse("0"));
        boolean open =
                zero.value("stage").filter(value -> value.text().equals("auto")).isPresent();
        int needed = path.equals(PARAMETERS) || device.equals("nvme") ? 3 : 1;
        if (stage < needed) {
            draft.log().note(Fate.IGNORED, found, "needs stage " + needed);
            draft.log()
                    .warn(Problem.at(
                            found.position(),
                            Problem.Kind.PLAN,
                            found.name() + " counts from stage " + needed + " on, and "
                                    + (open ? "the trainer decides the stage" : "the stage is " + stage),
                            "state zero_optimization.stage " + needed + ", or leave it out"));
        }
        return stage >= needed;
    }
}
