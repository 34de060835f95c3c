"""The S3 double as boto3 sees it."""

import boto3
import httpx
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from provider_doubles import s3


@pytest.fixture(scope="module")
def client():
    running = s3.start()
    yield boto3.client(
        "s3",
        endpoint_url=running.url,
        region_name=s3.REGION,
        aws_access_key_id="acceptance",
        aws_secret_access_key="acceptance",
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
    )
    running.stop()


def test_the_bucket_is_there(client):
    assert s3.BUCKET in [bucket["Name"] for bucket in client.list_buckets()["Buckets"]]


def test_an_object_can_be_read_until_it_is_deleted(client):
    client.put_object(Bucket=s3.BUCKET, Key="notes.txt", Body=b"hello", ContentType="text/plain")
    read = client.get_object(Bucket=s3.BUCKET, Key="notes.txt")
    assert (read["Body"].read(), read["ContentType"]) == (b"hello", "text/plain")
    client.delete_object(Bucket=s3.BUCKET, Key="notes.txt")
    with pytest.raises(ClientError, match="NoSuchKey"):
        client.get_object(Bucket=s3.BUCKET, Key="notes.txt")


def test_signed_addresses_take_and_give_the_bytes(client):
    where = {"Bucket": s3.BUCKET, "Key": "signed.txt"}
    put = client.generate_presigned_url("put_object", Params={**where, "ContentType": "text/plain"})
    assert httpx.put(put, content=b"signed", headers={"Content-Type": "text/plain"}).status_code == 200
    assert httpx.get(client.generate_presigned_url("get_object", Params=where)).content == b"signed"


def test_an_unknown_bucket_is_refused(client):
    with pytest.raises(ClientError, match="NoSuchBucket"):
        client.put_object(Bucket="elsewhere", Key="notes.txt", Body=b"hello")


def test_a_taken_port_is_said_at_once():
    running = s3.start()
    with pytest.raises(OSError):
        s3.start(int(running.url.rpartition(":")[2]))
    running.stop()
