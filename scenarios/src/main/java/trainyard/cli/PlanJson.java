package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.search.PricedPlan;
import trainyard.parallel.search.SearchResult;
import trainyard.parallel.search.VerifiedPlan;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.planning.PlanQuestion;

/** The JSON document of a search for plans. */
final class PlanJson {

    private PlanJson() {}

    static ObjectNode of(PlanQuestion question, SearchResult result) {
        ObjectNode document = Json.object();
        document.put("ok", true)
                .put("name", question.scenario().name())
                .put("question", question.scenario().question())
                .put("objective", ChoiceType.word(question.objective()))
                .put("plans", result.plans())
                .put("candidates", result.candidates())
                .put("priced", result.priced().size());
        ArrayNode excluded = document.putArray("excluded");
        result.excluded()
                .forEach((reason, count) -> excluded.addObject()
                        .put("reason", ChoiceType.word(reason))
                        .put("meaning", reason.label())
                        .put("plans", count));
        ArrayNode best = document.putArray("best");
        for (VerifiedPlan plan : result.best()) {
            ObjectNode row = best.addObject();
            addPlan(question, row, plan.priced());
            row.put("replayed_step_time_s", plan.replayed().seconds())
                    .put("mfu_pct", 100 * plan.replayed().mfu());
        }
        ArrayNode front = document.putArray("front");
        result.front().forEach(plan -> addPlan(question, front.addObject(), plan));
        ArrayNode notes = document.putArray("notes");
        question.remarks(result).forEach(notes::add);
        return document;
    }

    private static void addPlan(PlanQuestion question, ObjectNode row, PricedPlan priced) {
        ParallelPlan plan = priced.candidate().plan();
        row.put("gpus", plan.gpus())
                .put("tensor", plan.tensor())
                .put("context", plan.degrees().context())
                .put("pipeline", plan.pipeline())
                .put("data", plan.data())
                .put("expert", plan.degrees().expert())
                .put("schedule", ChoiceType.word(plan.schedule()))
                .put("virtual-stages", plan.virtualStages())
                .put("micro", priced.candidate().micro())
                .put("zero", plan.zeroStage())
                .put("sequence-parallel", plan.sequenceParallel())
                .put("recompute", plan.recompute().word())
                .put("step_time_s", priced.seconds())
                .put("memory_gib", priced.memoryBytes() / (1L << 30));
        question.usd(priced.gpuSeconds()).ifPresent(usd -> row.put("cost_usd", usd));
    }
}
