package trainyard.training.replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.training.clock.GradientWork;
import trainyard.training.optimizer.VersionedParameters;
import trainyard.training.rule.Play;
import trainyard.training.rule.TrainingContext;

/** Rounds of clients that a server draws among those that are there. A round waits until there are as many as it draws. */
final class ClientRounds extends Play {
    private static final int DEADLINE_PRIORITY = 20;
    private static final double[] NOTHING = {};

    private final FederatedAveraging rule;
    private final UniformRandomProvider draws;
    private final VersionedParameters[] replicas;
    private final double[][] pulled;
    private final int[] done;
    private final int[] stepsOfClient;
    private final boolean[] isDrawn;
    /** What arrived of each client in this round; empty where nothing has. */
    private final double[][] reports;

    private int reported;
    private int missing;
    private boolean isOpen;
    private boolean isLate;
    private long deadline = Simulation.NO_TICKET;

    ClientRounds(TrainingContext context, FederatedAveraging rule) {
        super(context);
        this.rule = rule;
        draws = context.random("clients", 0);
        replicas = new VersionedParameters[workers()];
        pulled = new double[workers()][];
        done = new int[workers()];
        stepsOfClient = new int[workers()];
        isDrawn = new boolean[workers()];
        reports = new double[workers()][];
    }

    @Override
    public void ready(int worker) {
        hold(worker);
        draw();
    }

    /** Opens a round if none is open and enough clients are there. */
    private void draw() {
        List<Integer> idle = new ArrayList<>(IntStream.range(0, workers())
                .filter(worker -> waits(worker) && context.workers().isUp(worker))
                .boxed()
                .toList());
        if (isOpen || idle.size() < rule.clients()) {
            return;
        }
        isOpen = true;
        isLate = false;
        missing = rule.clients();
        reported = 0;
        Arrays.setAll(reports, client -> NOTHING);
        ListSampler.shuffle(draws, idle);
        List<Integer> drawn = idle.subList(0, rule.clients()).stream().sorted().toList();
        drawn.forEach(this::drawOut);
        if (rule.deadlineSeconds() < SimTime.seconds(Long.MAX_VALUE)) {
            deadline = context.alarms().after(rule.deadlineSeconds(), DEADLINE_PRIORITY, this::late);
        }
        drawn.forEach(this::go);
    }

    private void drawOut(int client) {
        boolean dropsOut = draws.nextDouble() < rule.dropOut();
        stepsOfClient[client] = dropsOut ? draws.nextInt(rule.steps()) : rule.steps();
        isDrawn[client] = true;
        done[client] = 0;
    }

    @Override
    protected void begin(int client) {
        int turn = turn(client);
        double[] parameters = context.model().read();
        context.wire().pull(client, context.parameterBytes(), () -> {
            if (turn(client) == turn) {
                pulled[client] = parameters;
                replicas[client] = context.replica();
                replicas[client].set(parameters);
                goOn(client);
            }
        });
    }

    private void goOn(int client) {
        VersionedParameters replica = replicas[client];
        if (done[client] < stepsOfClient[client]) {
            context.compute(client, replica.read(), replica.version());
        } else if (stepsOfClient[client] == rule.steps()) {
            int turn = turn(client);
            context.exchange().push(client, () -> {
                if (turn(client) == turn) {
                    report(client);
                }
            });
        } else {
            leave(client);
            hold(client);
            close();
        }
    }

    @Override
    public void computed(GradientWork work) {
        context.step(work, replicas[work.worker()]);
        done[work.worker()]++;
        goOn(work.worker());
    }

    private void report(int client) {
        double[] own = replicas[client].peek();
        double[] ways = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            ways[i] = pulled[client][i] - own[i];
        }
        reports[client] = context.sent(client, ways).clone();
        reported++;
        missing--;
        isDrawn[client] = false;
        hold(client);
        close();
    }

    /** A client leaves the round without a report. */
    private void leave(int client) {
        context.undo(client, done[client]);
        isDrawn[client] = false;
        missing--;
    }

    private void late() {
        isLate = true;
        deadline = Simulation.NO_TICKET;
        close();
    }

    /** Closes the round if nobody is missing, or if it is late and there is a report. */
    private void close() {
        if (missing > 0 && !(isLate && reported > 0)) {
            return;
        }
        context.alarms().cancel(deadline);
        for (int client = 0; client < workers(); client++) {
            if (isDrawn[client]) {
                callOff(client);
            }
        }
        if (reported > 0) {
            context.update(mean(), 1);
        }
        isOpen = false;
        draw();
    }

    /** The weighted mean of the reports, summed in the order of clients. */
    private double[] mean() {
        double[] mean = new double[context.problem().parameters()];
        double weight = 0;
        for (int client = 0; client < workers(); client++) {
            for (int i = 0; i < reports[client].length; i++) {
                mean[i] += rule.weight(client) * reports[client][i];
            }
            weight += reports[client].length > 0 ? rule.weight(client) : 0;
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= weight;
        }
        return mean;
    }

    private void callOff(int client) {
        context.drop(client);
        leave(client);
        endTurn(client);
        hold(client);
    }

    @Override
    public void failed(int worker) {
        super.failed(worker);
        if (isDrawn[worker]) {
            leave(worker);
            close();
        }
    }

    @Override
    public void returned(int worker) {
        hold(worker);
        draw();
    }
}
