"""The names of behave, httpx and allure that are used although nobody promises that they stay."""

import inspect
import pickle

import allure_commons
import behave.model
import httpcore
import httpx
from allure_behave.listener import AllureListener, GroupContext
from allure_behave.utils import step_status
from allure_commons.logger import AllureFileLogger
from allure_commons.mapping import labels_set, parse_tag
from allure_commons.reporter import AllureReporter
from behave import runner_util
from behave.capture import Captured
from behave.formatter.base import Formatter, StreamOpener
from behave.model import Scenario, ScenarioOutline
from behave.model_type import Status
from behave.runner import Context, ModelRunner, Runner, scoped_context_layer
from behave.step_registry import registry


class Quiet:
    """A configuration that asks for nothing."""

    def should_capture_hooks(self):
        return False


def context():
    runner = ModelRunner(Quiet())
    return Context(runner), runner


def test_cleanups_stand_in_the_innermost_layer_and_are_done_by_one_method():
    made, _runner = context()
    done: list[int] = []
    made.add_cleanup(done.append, 1)
    assert len(made._stack[0]["@cleanups"]) == 1
    made._do_remaining_cleanups()
    made._do_remaining_cleanups()
    assert done == [1]


def test_leaving_a_layer_calls_the_method_on_the_instance():
    made, _runner = context()
    called = []
    made._push(layer="scenario")
    made._do_cleanups = lambda: called.append(True)
    made._pop()
    assert called == [True]


def test_cleanup_errors_are_told_to_a_function_of_the_context():
    assert Context.ignore_cleanup_error(None, None, None) is None
    assert 'getattr(self, "on_cleanup_error"' in inspect.getsource(Context._do_cleanups)


def test_the_run_goes_through_the_methods_that_are_overridden():
    assert {"load_hooks", "load_step_definitions", "feature_locations", "run_model"} <= set(
        inspect.getsource(Runner.run_with_paths).replace("self.", " ").replace("(", " ").split()
    )
    assert "self.step_registry is None" in inspect.getsource(ModelRunner.run_model)
    assert "runner.step_registry.find_match(self)" in inspect.getsource(behave.model.Step.run)


def test_outline_rows_are_kept_with_the_scenario():
    assert Scenario("lions.feature", 1, "Scenario", "Sleeps")._row is None
    assert " -- @" in ScenarioOutline.annotation_schema


def test_formatters_are_told_what_the_recorder_and_the_progress_need():
    for name in ("feature", "scenario", "match", "result", "eof"):
        assert callable(getattr(Formatter, name))
    assert '"{0}_finished"' in inspect.getsource(behave.model.ScenarioContainer.run)


def test_the_statuses_that_are_judged_exist():
    assert {"passed", "failed", "skipped", "hook_error", "cleanup_error"} <= set(Status.__members__)


def test_a_layer_of_the_context_holds_what_is_set_in_it():
    made, _runner = context()
    with scoped_context_layer(made, layer="feature") as inner:
        inner.lion = "asleep"
        assert made.lion == "asleep"
    assert "lion" not in made


def test_a_scenario_can_be_run_in_layers_that_others_made():
    source = inspect.getsource(behave.model.ScenarioContainer.run)
    assert "runner.context._push(layer=entity_name)" in source
    assert "runner.context.tags = set(self.tags)" in source
    assert "self._setup_context_for_run(runner.context)" in source
    assert '_set_root_attribute("active_outline", scenario._row)' in inspect.getsource(ScenarioOutline.run)
    made, _runner = context()
    made._push(layer="feature")
    del made._stack[:-1]
    assert made._stack[0]["@layer"] == "testrun"


def test_what_a_scenario_printed_can_be_carried_elsewhere():
    scenario, other = (Scenario("lions.feature", 1, "Scenario", "Sleeps") for _ in range(2))
    scenario.captured.add_captured(Captured("roar", failed=True))
    for one in pickle.loads(pickle.dumps(tuple(scenario.captured.captures))):
        other.captured.add_captured(one, use_merge=False)
    assert other.captured.make_report() == scenario.captured.make_report()
    assert "roar" in other.captured.make_report()


def test_streams_of_formatters_are_opened_by_one_method_and_kept():
    opener = StreamOpener("zoo.txt")
    assert opener.stream is None
    assert callable(opener.open)
    assert "self.stream_opener.open()" in inspect.getsource(Formatter.open)


def test_step_files_are_run_into_a_registry_that_notes_bad_patterns():
    registry.clear()
    assert isinstance(registry.steps, dict)
    assert registry.error_handler.bad_step_definitions == []
    assert callable(runner_util.exec_file)
    assert callable(runner_util.load_step_modules)


def test_the_transport_sends_through_the_pool_that_is_replaced():
    with httpx.HTTPTransport() as transport:
        assert isinstance(transport._pool, httpcore.ConnectionPool)
    assert "self._pool.handle_request(" in inspect.getsource(httpx.HTTPTransport.handle_request)


def test_allure_hands_attachments_to_the_plugins_that_are_registered():
    for name in ("register", "unregister", "get_plugins"):
        assert callable(getattr(allure_commons.plugin_manager, name))
    assert callable(allure_commons.plugin_manager.hook.attach_data)
    assert list(inspect.signature(step_status).parameters) == ["result"]
    assert labels_set([parse_tag("smoke"), parse_tag("smoke")]) == [parse_tag("smoke")]


def test_allure_s_listener_is_told_and_tells_what_the_recorder_overrides():
    hooks = inspect.getsource(AllureListener.start_test) + inspect.getsource(AllureListener.stop_test)
    assert 'self.start_scenario(context["scenario"])' in hooks
    assert 'self.stop_scenario(context["scenario"])' in hooks
    assert callable(AllureListener.match_step)
    assert list(inspect.signature(allure_commons.test).parameters) == ["_test", "context"]
    flush = inspect.getsource(AllureListener.flush_steps)
    assert "self.start_behave_step(step)" in flush
    assert "self.stop_behave_step(step)" in flush
    started = inspect.getsource(AllureListener.start_scenario)
    assert "self.current_scenario_uuid" in started
    assert "self.group_context.enter()" in started
    assert callable(GroupContext.exit)


def test_what_is_attached_belongs_to_the_newest_item_of_the_reporter():
    assert "reversed(self._items)" in inspect.getsource(AllureReporter._last_executable)
    for name in ("schedule_test", "get_test", "drop_test", "close_test", "get_item", "stop_step"):
        assert callable(getattr(AllureReporter, name))


def test_every_item_is_written_by_one_method(tmp_path):
    for name in ("report_result", "report_container", "report_globals"):
        assert "self._report_item(" in inspect.getsource(getattr(AllureFileLogger, name))
    assert AllureFileLogger(tmp_path)._report_dir == tmp_path
