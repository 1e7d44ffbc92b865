import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * A cluster in one JVM, bound to 127.0.0.1, that lives no longer than its standard input.
 *
 * <p>Arguments: the folder for its data, then the HTTP port and the transport port of each node.
 * Each line of input is a command, answered by a line: {@code stop N} and {@code start N}, N from 0.
 */
public final class Cluster {
    public static void main(String[] arguments) throws Exception {
        int nodes = (arguments.length - 1) / 2;
        List<String> seeds = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            seeds.add("127.0.0.1:" + arguments[2 + 2 * node]);
        }
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", arguments[1 + 2 * (number - 1)]);
            settings.put("transport.port", arguments[2 + 2 * (number - 1)]);
            settings.putList("discovery.seed_hosts", seeds);
            settings.putList("cluster.initial_cluster_manager_nodes", "Node 1");
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            settings.put("node.processors", 2);
        });
        runner.build(OpenSearchRunner.newConfigs()
            .basePath(arguments[0]).numOfNode(nodes).clusterName("briefqa-test").disableESLogger());
        runner.ensureYellow();
        System.out.println("ready");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            int node = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
            if (line.startsWith("stop")) {
                runner.getNode(node).close();
            } else {
                runner.startNode(node);
            }
            System.out.println("done");
        }
        runner.close();
        System.exit(0);
    }
}
